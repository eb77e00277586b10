package io.serviceresolver.grpc;

import io.grpc.LoadBalancer.Helper;
import java.util.concurrent.TimeUnit;

/**
 * Whether a call had to wait for a connection. A channel makes a stream of each call that waited, also of one that was cancelled in that
 * moment, but then forgets it: neither does it begin, nor is it told to have ended.
 */
@FunctionalInterface
interface Waited {

    /** It did not. */
    Waited NOT = stream -> {};

    /** Within that time a stream is begun, or it is forgotten. */
    int PATIENCE_SECONDS = 10;

    /** Sees to it that a stream ends though it is forgotten. */
    void watch(PodStream stream);

    /** It did, in the channel of this balancer. */
    static Waited in(Helper helper) {
        return stream -> helper.getSynchronizationContext()
                .schedule(
                        stream::endUnlessSent,
                        PATIENCE_SECONDS,
                        TimeUnit.SECONDS,
                        helper.getScheduledExecutorService());
    }
}
