package io.serviceresolver.benchmarks.sim;

import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import java.util.SplittableRandom;

/** A client that stands still now and then: what it is told meanwhile, and what it is to do, waits until it goes on. */
final class PausingClient implements Client {

    private final Client client;
    private final Events events;
    private final Pauses pauses;
    private final SplittableRandom chance;
    private long pausedUntil = Long.MIN_VALUE;
    private long nextPause;

    PausingClient(Client client, Events events, Pauses pauses, SplittableRandom chance) {
        this.client = client;
        this.events = events;
        this.pauses = pauses;
        this.chance = chance;
        this.nextPause = events.now() + gap();
    }

    private long gap() {
        return (long) (Shape.EXPONENTIAL.draw(chance) * pauses.gap().toNanos());
    }

    @Override
    public void whenAwake(Runnable task) {
        long now = events.now();
        while (nextPause <= now) {
            pausedUntil = nextPause + pauses.length().toNanos();
            nextPause = pausedUntil + gap();
        }
        if (now < pausedUntil) {
            events.at(pausedUntil, task);
        } else {
            task.run();
        }
    }

    @Override
    public Lease acquire() {
        return new LateLease(client.acquire());
    }

    @Override
    public void close() {
        client.close();
    }

    private final class LateLease implements Lease {

        private final Lease lease;

        LateLease(Lease lease) {
            this.lease = lease;
        }

        @Override
        public Endpoint endpoint() {
            return lease.endpoint();
        }

        @Override
        public void complete(Outcome outcome) {
            whenAwake(() -> lease.complete(outcome));
        }
    }
}
