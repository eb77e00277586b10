package io.serviceresolver.balancer;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** One after the other. The cursor is shared by all pickers, so that an update does not send everyone back to the start. */
final class RoundRobinBalancer implements Balancer {

    /** Counts picks; read unsigned, so that it may overflow. Advanced by whoever picks. */
    private final AtomicInteger cursor;

    RoundRobinBalancer(RandomGenerator random) {
        this.cursor = new AtomicInteger(random.nextInt());
    }

    @Override
    public Picker update(List<? extends Candidate> candidates) {
        Candidate[] ring = candidates.toArray(new Candidate[0]);
        return () -> ring[Integer.remainderUnsigned(cursor.getAndIncrement(), ring.length)];
    }
}
