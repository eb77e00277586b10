package io.serviceresolver.balancer;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Stops the first thread that tells it of a call, as a scheduler might. */
record StoppingBalancer(CountDownLatch inside, CountDownLatch goOn) implements Balancer {

    @Override
    public Picker update(List<? extends Candidate> candidates) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Interest interest() {
        return Interest.CALLS;
    }

    @Override
    public void begun(Candidate at) {
        if (inside.getCount() > 0) {
            inside.countDown();
            try {
                if (!goOn.await(60, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("was never let go");
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
