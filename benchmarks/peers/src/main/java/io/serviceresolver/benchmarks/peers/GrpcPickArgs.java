package io.serviceresolver.benchmarks.peers;

import io.grpc.CallOptions;
import io.grpc.LoadBalancer;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;

/** What gRPC says of a call when it picks. */
final class GrpcPickArgs extends LoadBalancer.PickSubchannelArgs {

    private final Metadata headers;

    GrpcPickArgs(Metadata headers) {
        this.headers = headers;
    }

    @Override
    public CallOptions getCallOptions() {
        return CallOptions.DEFAULT;
    }

    @Override
    public Metadata getHeaders() {
        return headers;
    }

    @Override
    public MethodDescriptor<?, ?> getMethodDescriptor() {
        throw new UnsupportedOperationException("method: none (expected: not to be asked for)");
    }
}
