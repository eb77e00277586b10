package io.serviceresolver.grpc;

import io.grpc.Attributes;
import io.grpc.LoadBalancer.Subchannel;
import io.grpc.LoadBalancer.SubchannelStateListener;

/** Counts what is asked of it, and does nothing. */
final class TestSubchannel extends Subchannel {

    int requests;
    boolean isShutdown;

    @Override
    public void start(SubchannelStateListener listener) {}

    @Override
    public void shutdown() {
        isShutdown = true;
    }

    @Override
    public void requestConnection() {
        requests++;
    }

    @Override
    public Attributes getAttributes() {
        return Attributes.EMPTY;
    }
}
