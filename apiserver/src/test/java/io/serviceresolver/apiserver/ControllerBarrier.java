package io.serviceresolver.apiserver;

import java.util.List;

/** Tells when the controller has seen all that was changed before. Used by one thread. */
final class ControllerBarrier {

    private final RealNamespace cluster;
    private final SliceWatch watch;
    private int passed;

    ControllerBarrier(RealNamespace cluster, SliceWatch watch) {
        this.cluster = cluster;
        this.watch = watch;
    }

    /**
     * Makes a last Service and a last Pod, and waits for the one in the slice of the other: the controller hears of
     * Services and of Pods in order, and takes up its work in order.
     */
    void pass() throws InterruptedException {
        String name = "barrier-" + passed++;
        cluster.add(RealPods.service(name).build());
        cluster.add(RealPods.pod(cluster, name, name).build());
        boolean seen = watch.await(slices ->
                !WrittenEndpoint.of(slices.getOrDefault(name, List.of())).isEmpty());
        if (!seen) {
            throw new AssertionError("no EndpointSlice with the Pod " + cluster.name() + "/" + name
                    + ": is there a controller, and does it work?");
        }
    }
}
