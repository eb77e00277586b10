package io.serviceresolver.benchmarks.sim;

import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import java.util.random.RandomGenerator;

/** Knows how fast all servers are and what waits in all queues, of all clients: the limit of what can be had. */
record Oracle(Fleet fleet, RandomGenerator random) implements Client {

    @Override
    public Lease acquire() {
        int first = random.nextInt(fleet.size());
        Server best = fleet.server(first);
        for (int i = 1; i < fleet.size(); i++) {
            Server next = fleet.server((first + i) % fleet.size());
            if (next.expected() < best.expected()) {
                best = next;
            }
        }
        return new Place(best.endpoint());
    }

    /** A lease that tells nobody: the oracle sees for itself. */
    private record Place(Endpoint endpoint) implements Lease {

        @Override
        public void complete(Outcome outcome) {}
    }
}
