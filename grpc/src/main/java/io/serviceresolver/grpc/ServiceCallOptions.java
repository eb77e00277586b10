package io.serviceresolver.grpc;

import io.grpc.CallOptions;
import io.serviceresolver.ServiceHandle;

/** What a call may say to this library, by gRPC's {@link CallOptions}; channels of other schemes ignore it. */
public final class ServiceCallOptions {

    /**
     * By what a call chooses its Pod: calls of the same key go to the same one where the resolver's balancer hashes or is sticky, as by
     * {@link ServiceHandle#acquire(String)}; other balancers ignore it. A call waits for a connection to that Pod, and goes elsewhere only
     * where that cannot be connected to. None by default. To be set for a stub by {@code stub.withOption(ServiceCallOptions.KEY, "user-7")}.
     */
    public static final CallOptions.Key<String> KEY = CallOptions.Key.create("io.serviceresolver.key");

    private ServiceCallOptions() {}
}
