package io.serviceresolver.grpc;

import io.grpc.ConnectivityState;
import io.grpc.LoadBalancer.Helper;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.PickSubchannelArgs;
import io.grpc.LoadBalancer.SubchannelPicker;
import io.grpc.Status;
import io.serviceresolver.ServiceHandle;
import io.serviceresolver.call.Lease;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Has the handle of a service choose for each call. Where the endpoint that it chooses has no connection, that is asked for, and the handle
 * for another one; a call waits where none of them has a connection, and fails where none of them can be connected to. Thread-safe.
 */
final class ServicePicker extends SubchannelPicker {

    /** As many endpoints are asked for a connection, and no more. */
    private static final int MOST_PICKS = 32;

    private final ServiceHandle handle;
    private final PodConnections connections;
    private final Helper helper;
    private final Waited waited;

    /** Has calls picked for again when there is an endpoint. */
    private final Runnable awaitReady;

    /** The thread that has calls picked for again that wait. Written by the channel's events. */
    private volatile @Nullable Thread publisher;

    ServicePicker(ServiceHandle handle, PodConnections connections, Helper helper, Runnable awaitReady) {
        this.handle = handle;
        this.connections = connections;
        this.helper = helper;
        this.waited = Waited.in(helper);
        this.awaitReady = awaitReady;
    }

    /** Has the channel use it from now on, also for all calls that wait. */
    void publish(ConnectivityState state) {
        publisher = Thread.currentThread();
        try {
            helper.updateBalancingState(state, this);
        } finally {
            publisher = null;
        }
    }

    @Override
    public PickResult pickSubchannel(PickSubchannelArgs args) {
        Waited how = Thread.currentThread().equals(publisher) ? waited : Waited.NOT;
        String key = args.getCallOptions().getOption(ServiceCallOptions.KEY);
        Asked asked = key == null ? Asked.of(handle) : Asked.of(handle, key);
        Lease lease = asked.lease();
        if (lease == null) {
            helper.getSynchronizationContext().execute(awaitReady);
            return asked.refusal();
        }
        PickResult result = pick(lease, how);
        if (result != null) {
            return result;
        }
        return key == null || failure(lease) != null ? elsewhere(lease, how) : connection(lease);
    }

    /** Has a call wait for the connection to where its key belongs. */
    private PickResult connection(Lease lease) {
        helper.getSynchronizationContext().execute(() -> connections.connect(lease));
        return PickResult.withNoResult();
    }

    private @Nullable PickResult pick(Lease lease, Waited how) {
        PodConnection there = connections.find(lease.endpoint());
        return there == null ? null : there.pick(lease, how);
    }

    /** Looks for another endpoint while that may help. Calls begun are held until then, so that balancers choose others. */
    private PickResult elsewhere(Lease first, Waited how) {
        List<Lease> passedBy = new ArrayList<>(List.of(first));
        try {
            Status failure = failure(first);
            boolean anyReady = connections.anyReady();
            int most = Math.min(MOST_PICKS, 2 * handle.stats().pickable() + 1);
            while (passedBy.size() < most && (anyReady || failure != null)) {
                Lease lease = Asked.of(handle).lease();
                if (lease == null) {
                    break;
                }
                PickResult result = pick(lease, how);
                if (result != null) {
                    return result;
                }
                passedBy.add(lease);
                failure = failure == null ? null : failure(lease);
            }
            return failure == null ? PickResult.withNoResult() : PickResult.withError(failure);
        } finally {
            helper.getSynchronizationContext().execute(() -> passedBy.forEach(connections::connect));
        }
    }

    /** Why no connection comes about; null where one may. */
    private @Nullable Status failure(Lease lease) {
        PodConnection there = connections.find(lease.endpoint());
        if (there == null || there.state().getState() != ConnectivityState.TRANSIENT_FAILURE) {
            return null;
        }
        Status reason = there.state().getStatus();
        return Status.UNAVAILABLE
                .withDescription(
                        handle.target() + ": no connection (" + lease.endpoint() + ": " + reason.getDescription() + ")")
                .withCause(reason.getCause());
    }
}
