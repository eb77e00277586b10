package io.serviceresolver.benchmarks.peers;

import io.grpc.Attributes;
import io.grpc.ChannelLogger;
import io.grpc.ConnectivityState;
import io.grpc.ConnectivityStateInfo;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer;
import io.grpc.LoadBalancer.CreateSubchannelArgs;
import io.grpc.LoadBalancer.Subchannel;
import io.grpc.LoadBalancer.SubchannelPicker;
import io.grpc.LoadBalancer.SubchannelStateListener;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.SynchronizationContext;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** As much of a channel as a balancer needs: subchannels that are ready at once, and the picker of the moment. */
final class GrpcChannel extends LoadBalancer.Helper {

    private final SynchronizationContext events = new SynchronizationContext((thread, failure) -> {
        throw new IllegalStateException(failure);
    });
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();

    /** Written by the balancer, read by all. */
    private volatile @Nullable SubchannelPicker picker;

    private final AtomicInteger connected = new AtomicInteger();

    SubchannelPicker picker() {
        return Objects.requireNonNull(picker);
    }

    /** Does something as the channel does it: one thing at a time. */
    Status run(Supplier<Status> task) {
        AtomicReference<Status> result = new AtomicReference<>(Status.UNKNOWN);
        events.execute(() -> result.set(task.get()));
        return result.get();
    }

    /** How many times a subchannel got its connection, and the balancer knows. */
    int connected() {
        return connected.get();
    }

    void close() {
        timers.shutdownNow();
    }

    @Override
    public Subchannel createSubchannel(CreateSubchannelArgs args) {
        return new ReadySubchannel(args.getAddresses());
    }

    @Override
    public void updateBalancingState(ConnectivityState state, SubchannelPicker now) {
        picker = now;
    }

    @Override
    public SynchronizationContext getSynchronizationContext() {
        return events;
    }

    @Override
    public ScheduledExecutorService getScheduledExecutorService() {
        return timers;
    }

    @Override
    public ChannelLogger getChannelLogger() {
        return Silence.INSTANCE;
    }

    @Override
    public ManagedChannel createOobChannel(EquivalentAddressGroup group, String authority) {
        throw new UnsupportedOperationException("channel: " + authority + " (expected: none besides this)");
    }

    @Override
    public String getAuthority() {
        return "skippy";
    }

    private final class ReadySubchannel extends Subchannel {

        private List<EquivalentAddressGroup> addresses;
        private @Nullable SubchannelStateListener listener;

        ReadySubchannel(List<EquivalentAddressGroup> addresses) {
            this.addresses = addresses;
        }

        @Override
        public void start(SubchannelStateListener balancer) {
            listener = balancer;
        }

        @Override
        public void requestConnection() {
            events.execute(() -> {
                Objects.requireNonNull(listener)
                        .onSubchannelState(ConnectivityStateInfo.forNonError(ConnectivityState.READY));
                connected.incrementAndGet();
            });
        }

        @Override
        public void shutdown() {
            events.execute(() -> Objects.requireNonNull(listener)
                    .onSubchannelState(ConnectivityStateInfo.forNonError(ConnectivityState.SHUTDOWN)));
        }

        @Override
        public List<EquivalentAddressGroup> getAllAddresses() {
            return addresses;
        }

        @Override
        public void updateAddresses(List<EquivalentAddressGroup> now) {
            addresses = now;
        }

        @Override
        public Attributes getAttributes() {
            return Attributes.EMPTY;
        }

        @Override
        public ChannelLogger getChannelLogger() {
            return GrpcChannel.this.getChannelLogger();
        }

        @Override
        public Object getInternalSubchannel() {
            return this;
        }
    }

    private static final class Silence extends ChannelLogger {

        private static final Silence INSTANCE = new Silence();

        @Override
        public void log(ChannelLogLevel level, String message) {}

        @Override
        public void log(ChannelLogLevel level, String format, @Nullable Object... values) {}
    }
}
