package io.serviceresolver.grpc;

import io.grpc.ConnectivityState;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer.CreateSubchannelArgs;
import io.grpc.LoadBalancer.Helper;
import io.serviceresolver.ServiceHandle;
import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a channel to the endpoints of a service: each from when a call is first meant to go there until the endpoint leaves. All but
 * {@link #find} and {@link #anyReady} is confined to the channel's events.
 */
final class PodConnections {

    private final ServiceHandle handle;
    private final Helper helper;
    private final Runnable onChange;

    /** Written by the channel's events. */
    private final Map<EndpointId, PodConnection> all = new ConcurrentHashMap<>();

    private boolean closed;

    PodConnections(ServiceHandle handle, Helper helper, Runnable onChange) {
        this.handle = handle;
        this.helper = helper;
        this.onChange = onChange;
    }

    @Nullable
    PodConnection find(Endpoint endpoint) {
        return all.get(endpoint.id());
    }

    boolean anyReady() {
        return all.values().stream().anyMatch(one -> one.state().getState() == ConnectivityState.READY);
    }

    /** Connects to where a call was meant to go, and ends that call. */
    void connect(Lease lease) {
        PodConnection there = find(lease.endpoint());
        if (there == null && !closed && isKnown(lease.endpoint().id())) {
            there = open(lease.endpoint());
        }
        if (there == null) {
            lease.complete(Outcome.CANCELLED);
        } else {
            there.connect(lease);
        }
    }

    private boolean isKnown(EndpointId id) {
        return handle.endpoints().find(id).isPresent();
    }

    private PodConnection open(Endpoint endpoint) {
        PodConnection made = new PodConnection(
                helper.createSubchannel(CreateSubchannelArgs.newBuilder()
                        .setAddresses(List.of(new EquivalentAddressGroup(endpoint.socketAddress())))
                        .build()),
                onChange);
        made.start();
        all.put(endpoint.id(), made);
        return made;
    }

    /** Lets go of those to endpoints that have left. */
    void retain() {
        all.entrySet().removeIf(entry -> {
            boolean left = !isKnown(entry.getKey());
            if (left) {
                entry.getValue().shutdown();
            }
            return left;
        });
    }

    /** What there is to say of all of them. */
    ConnectivityState state() {
        Set<ConnectivityState> states = EnumSet.noneOf(ConnectivityState.class);
        all.values().forEach(one -> states.add(one.state().getState()));
        for (ConnectivityState state :
                List.of(ConnectivityState.READY, ConnectivityState.CONNECTING, ConnectivityState.TRANSIENT_FAILURE)) {
            if (states.contains(state)) {
                return state;
            }
        }
        return ConnectivityState.IDLE;
    }

    void close() {
        closed = true;
        all.values().forEach(PodConnection::shutdown);
        all.clear();
    }
}
