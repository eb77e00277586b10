package io.serviceresolver.grpc;

import io.grpc.ConnectivityState;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer;
import io.grpc.ManagedChannel;
import io.grpc.SynchronizationContext;
import io.serviceresolver.testkit.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/** As much of a channel as a policy needs, on virtual time. */
final class TestHelper extends LoadBalancer.Helper {

    final VirtualTime time = new VirtualTime();
    final List<TestSubchannel> subchannels = new ArrayList<>();

    /** What the channel does with a picker. */
    Consumer<LoadBalancer.SubchannelPicker> onPicker = picker -> {};

    private final SynchronizationContext events = new SynchronizationContext((thread, failure) -> {
        throw new AssertionError(failure);
    });

    @Override
    public LoadBalancer.Subchannel createSubchannel(LoadBalancer.CreateSubchannelArgs args) {
        TestSubchannel made = new TestSubchannel();
        subchannels.add(made);
        return made;
    }

    @Override
    public void updateBalancingState(ConnectivityState state, LoadBalancer.SubchannelPicker picker) {
        onPicker.accept(picker);
    }

    @Override
    public SynchronizationContext getSynchronizationContext() {
        return events;
    }

    @Override
    public ScheduledExecutorService getScheduledExecutorService() {
        return time;
    }

    @Override
    public ManagedChannel createOobChannel(EquivalentAddressGroup group, String authority) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String getAuthority() {
        return "skippy.shield.svc";
    }
}
