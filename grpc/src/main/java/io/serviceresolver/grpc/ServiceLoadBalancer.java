package io.serviceresolver.grpc;

import io.grpc.ConnectivityState;
import io.grpc.LoadBalancer;
import io.grpc.Status;
import io.grpc.SynchronizationContext;
import io.serviceresolver.ServiceHandle;
import io.serviceresolver.call.Lease;
import io.serviceresolver.source.Subscription;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Has calls of one channel go where the handle of its service says. Confined to the channel's {@link SynchronizationContext}. */
final class ServiceLoadBalancer extends LoadBalancer {

    private final Helper helper;
    private final SynchronizationContext events;

    /** Null until the channel was told whose endpoints they are. */
    private @Nullable Followed followed;

    /** Waits for an endpoint; null while nobody does. */
    private @Nullable CompletableFuture<Void> ready;

    /** Whether there is no endpoint, as far as was told. */
    private boolean failed;

    private boolean closed;

    /** What there is of a service. */
    private record Followed(
            ServiceHandle handle, Subscription subscription, PodConnections connections, ServicePicker picker) {}

    ServiceLoadBalancer(Helper helper) {
        this.helper = helper;
        this.events = helper.getSynchronizationContext();
    }

    @Override
    public Status acceptResolvedAddresses(ResolvedAddresses resolved) {
        ServiceHandle told = resolved.getAttributes().get(ServiceNameResolver.HANDLE);
        if (told == null) {
            Status status = Status.UNAVAILABLE.withDescription("policy: " + ServiceLoadBalancerProvider.POLICY
                    + " (expected: a target " + ServiceNameResolverProvider.SCHEME + ":///service)");
            handleNameResolutionError(status);
            return status;
        }
        failed = false;
        if (followed == null) {
            try {
                follow(told);
            } catch (IllegalStateException resolverClosed) {
                handleNameResolutionError(Asked.status(resolverClosed));
                return Status.OK;
            }
        }
        publish();
        return Status.OK;
    }

    private void follow(ServiceHandle told) {
        PodConnections connections = new PodConnections(told, helper, this::publish);
        followed = new Followed(
                told,
                told.addListener(set -> events.execute(() -> retain(connections))),
                connections,
                new ServicePicker(told, connections, helper, this::awaitReady));
        // The channel has left idleness for a call, or to be ready for one.
        requestConnection();
    }

    private void retain(PodConnections connections) {
        if (!closed) {
            connections.retain();
            publish();
        }
    }

    /** Has calls that wait picked for again when there is an endpoint, though the set may be the same. */
    private void awaitReady() {
        if (closed || ready != null || followed == null) {
            return;
        }
        CompletableFuture<Void> wait = followed.handle.awaitReadyAsync(ChronoUnit.FOREVER.getDuration());
        ready = wait;
        wait.whenComplete((nothing, failure) -> events.execute(() -> {
            ready = null;
            if (failure == null) {
                publish();
            }
        }));
    }

    private void publish() {
        if (!closed && followed != null) {
            ConnectivityState state = followed.connections.state();
            boolean none = failed && state == ConnectivityState.IDLE;
            followed.picker.publish(none ? ConnectivityState.TRANSIENT_FAILURE : state);
        }
    }

    @Override
    public void handleNameResolutionError(Status error) {
        failed = true;
        if (followed == null) {
            helper.updateBalancingState(
                    ConnectivityState.TRANSIENT_FAILURE, new FixedResultPicker(PickResult.withError(error)));
        } else {
            // The handle knows better, at each call.
            publish();
        }
    }

    @Override
    public void requestConnection() {
        if (followed != null && followed.connections.state() == ConnectivityState.IDLE) {
            Lease lease = Asked.of(followed.handle).lease();
            if (lease != null) {
                followed.connections.connect(lease);
            }
        }
    }

    @Override
    public void shutdown() {
        closed = true;
        if (ready != null) {
            ready.cancel(false);
        }
        if (followed != null) {
            followed.subscription.close();
            followed.connections.close();
        }
    }
}
