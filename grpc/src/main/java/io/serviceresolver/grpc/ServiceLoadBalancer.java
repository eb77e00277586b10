package io.serviceresolver.grpc;

import io.grpc.ConnectivityState;
import io.grpc.LoadBalancer;
import io.grpc.Status;
import io.grpc.SynchronizationContext;
import io.serviceresolver.ServiceHandle;
import io.serviceresolver.source.Subscription;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Has calls of one channel go where the handle of its service says. Confined to the channel's {@link SynchronizationContext}. */
final class ServiceLoadBalancer extends LoadBalancer {

    private final Helper helper;
    private final SynchronizationContext events;
    private final PodConnections connections;

    /** Whose endpoints they are; null until the channel was told. */
    private @Nullable ServiceHandle handle;

    private @Nullable ServicePicker picker;
    private @Nullable Subscription subscription;

    /** Waits for an endpoint; null while nobody does. */
    private @Nullable CompletableFuture<Void> ready;

    /** Whether there is no endpoint, as far as was told. */
    private boolean failed;

    private boolean closed;

    ServiceLoadBalancer(Helper helper) {
        this.helper = helper;
        this.events = helper.getSynchronizationContext();
        this.connections = new PodConnections(helper, this::publish);
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
        if (handle == null) {
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
        subscription = told.addListener(set -> events.execute(() -> retain(told)));
        handle = told;
        picker = new ServicePicker(told, connections, helper, this::awaitReady);
        // The channel has left idleness for a call, or to be ready for one.
        requestConnection();
    }

    private void retain(ServiceHandle told) {
        if (!closed) {
            connections.retain(told.endpoints());
            publish();
        }
    }

    /** Has calls that wait picked for again when there is an endpoint, though the set may be the same. */
    private void awaitReady() {
        if (closed || ready != null || handle == null) {
            return;
        }
        CompletableFuture<Void> wait = handle.awaitReadyAsync(ChronoUnit.FOREVER.getDuration());
        ready = wait;
        wait.whenComplete((nothing, failure) -> events.execute(() -> {
            ready = null;
            if (failure == null) {
                publish();
            }
        }));
    }

    private void publish() {
        if (!closed && picker != null) {
            ConnectivityState state = connections.state();
            picker.publish(failed && state == ConnectivityState.IDLE ? ConnectivityState.TRANSIENT_FAILURE : state);
        }
    }

    @Override
    public void handleNameResolutionError(Status error) {
        failed = true;
        if (picker == null) {
            helper.updateBalancingState(
                    ConnectivityState.TRANSIENT_FAILURE, new FixedResultPicker(PickResult.withError(error)));
        } else {
            // It knows better, at each call.
            publish();
        }
    }

    @Override
    public void requestConnection() {
        if (handle != null) {
            Asked asked = Asked.of(handle);
            if (asked.lease() != null) {
                connections.connect(asked.lease());
            }
        }
    }

    @Override
    public void shutdown() {
        closed = true;
        if (subscription != null) {
            subscription.close();
        }
        if (ready != null) {
            ready.cancel(false);
        }
        connections.close();
    }
}
