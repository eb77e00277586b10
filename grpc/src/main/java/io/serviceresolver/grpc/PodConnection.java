package io.serviceresolver.grpc;

import io.grpc.ConnectivityState;
import io.grpc.ConnectivityStateInfo;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.Subchannel;
import io.grpc.LoadBalancer.SubchannelStateListener;
import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The connection of a channel to one endpoint. All but {@link #state} and {@link #pick} is confined to the channel's events. */
final class PodConnection implements SubchannelStateListener {

    private final Subchannel subchannel;

    /** Told of each change by which a call may get elsewhere than before. */
    private final Runnable onChange;

    /** The picks of which the channel has made no stream yet. Each is added by who picks, and removed by who ends that. */
    private final Set<PodPick> open = ConcurrentHashMap.newKeySet();

    /** Written by the channel's events. */
    private volatile ConnectivityStateInfo state = ConnectivityStateInfo.forNonError(ConnectivityState.IDLE);

    /** Stands for the attempt to connect that is under way; null where there is none, or the channel makes it by itself. */
    private @Nullable Lease attempt;

    /**
     * Makes it, and does not connect yet.
     *
     * @param subchannel which nobody has started
     * @param onChange told of changes
     */
    PodConnection(Subchannel subchannel, Runnable onChange) {
        this.subchannel = subchannel;
        this.onChange = onChange;
    }

    ConnectivityStateInfo state() {
        return state;
    }

    private boolean is(ConnectivityState some) {
        return state.getState() == some;
    }

    /**
     * Takes a call, where there is a connection.
     *
     * @param lease the call
     * @param waited whether it has waited for that
     * @return what to tell the channel; null where there is no connection
     */
    @Nullable
    PickResult pick(Lease lease, Waited waited) {
        if (!is(ConnectivityState.READY)) {
            return null;
        }
        PodPick made = new PodPick(lease, open, waited);
        open.add(made);
        if (!is(ConnectivityState.READY) && open.remove(made)) {
            // Whoever noted that it is broken may have looked before.
            return null;
        }
        return PickResult.withSubchannel(subchannel, made);
    }

    void start() {
        subchannel.start(this);
    }

    /** Ends a call that found no connection. The first one has it made, and is told by what comes of that. */
    void connect(Lease lease) {
        switch (state.getState()) {
            case TRANSIENT_FAILURE -> lease.complete(Outcome.CONNECT_FAILED);
            case IDLE, CONNECTING -> attempt(lease);
            case READY, SHUTDOWN -> lease.complete(Outcome.CANCELLED);
        }
    }

    private void attempt(Lease lease) {
        if (attempt != null) {
            lease.complete(Outcome.CANCELLED);
            return;
        }
        attempt = lease;
        if (is(ConnectivityState.IDLE)) {
            subchannel.requestConnection();
        }
    }

    @Override
    public void onSubchannelState(ConnectivityStateInfo now) {
        if (is(ConnectivityState.TRANSIENT_FAILURE) && now.getState() == ConnectivityState.CONNECTING) {
            // It has failed until it has not: calls do not wait for each further attempt.
            return;
        }
        state = now;
        switch (now.getState()) {
            case TRANSIENT_FAILURE -> endAttempt(Outcome.CONNECT_FAILED);
            case READY, IDLE, SHUTDOWN -> endAttempt(Outcome.CANCELLED);
            case CONNECTING -> {}
        }
        if (!is(ConnectivityState.READY)) {
            open.forEach(PodPick::drop);
        }
        onChange.run();
    }

    private void endAttempt(Outcome outcome) {
        if (attempt != null) {
            attempt.complete(outcome);
            attempt = null;
        }
    }

    /** Takes no more calls; those under way go on. */
    void shutdown() {
        endAttempt(Outcome.CANCELLED);
        subchannel.shutdown();
    }
}
