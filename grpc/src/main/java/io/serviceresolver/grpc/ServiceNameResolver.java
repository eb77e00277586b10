package io.serviceresolver.grpc;

import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.Status;
import io.grpc.StatusOr;
import io.grpc.SynchronizationContext;
import io.serviceresolver.ServiceHandle;
import io.serviceresolver.ServiceResolver;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.source.Subscription;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Tells a channel the endpoints of a service that it may call, and each change of them; or why there are none. All but {@link
 * #getServiceAuthority} is confined to the channel's {@link SynchronizationContext}.
 */
final class ServiceNameResolver extends NameResolver {

    /** What the policy of ours goes by. */
    static final Attributes.Key<ServiceHandle> HANDLE = Attributes.Key.create("io.serviceresolver.grpc.handle");

    /** The first one that is known. */
    private static final Map<String, ?> SERVICE_CONFIG = Map.of(
            "loadBalancingConfig",
            List.of(Map.of(ServiceLoadBalancerProvider.POLICY, Map.of()), Map.of("round_robin", Map.of())));

    private final ServiceResolver resolver;
    private final ServiceName service;
    private final SynchronizationContext events;
    private final ConfigOrError config;

    /** Who is told; null before and after. */
    private @Nullable Listener2 listener;

    private @Nullable ServiceHandle handle;
    private @Nullable Subscription subscription;

    /** Asks why there are no endpoints, where that is not clear yet. */
    private @Nullable CompletableFuture<Endpoint> question;

    /** The endpoints told last; empty where that was an error, or nothing yet. */
    private List<Endpoint> told = List.of();

    ServiceNameResolver(ServiceResolver resolver, ServiceName service, Args args) {
        this.resolver = resolver;
        this.service = service;
        this.events = args.getSynchronizationContext();
        this.config = args.getServiceConfigParser().parseServiceConfig(SERVICE_CONFIG);
    }

    /** As {@code ServiceHttpClient} names it by default. */
    @Override
    public String getServiceAuthority() {
        return service.qualified() + ".svc";
    }

    @Override
    public void start(Listener2 told) {
        listener = told;
        try {
            ServiceHandle followed = resolver.service(service);
            handle = followed;
            subscription = followed.addListener(set -> events.execute(this::look));
        } catch (IllegalStateException closed) {
            fail(closed);
        }
    }

    /** What is known is up to date by itself: it is only looked at again. */
    @Override
    public void refresh() {
        look();
    }

    @Override
    public void shutdown() {
        listener = null;
        if (subscription != null) {
            subscription.close();
        }
        drop();
    }

    private void look() {
        if (listener == null || handle == null) {
            return;
        }
        List<Endpoint> eligible = handle.eligible();
        if (eligible.isEmpty()) {
            ask(handle);
        } else {
            drop();
            tell(eligible);
        }
    }

    private void drop() {
        if (question != null) {
            question.cancel(false);
            question = null;
        }
    }

    /** Waits until it is sure that there are no endpoints, as each call would. */
    private void ask(ServiceHandle of) {
        if (question == null) {
            CompletableFuture<Endpoint> asked = of.resolveAsync();
            question = asked;
            asked.whenComplete((endpoint, failure) -> events.execute(() -> answered(asked, failure)));
        }
    }

    private void answered(CompletableFuture<Endpoint> asked, @Nullable Throwable failure) {
        if (question != asked) {
            return;
        }
        question = null;
        if (failure == null) {
            look();
        } else {
            fail(failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure);
        }
    }

    private void tell(List<Endpoint> endpoints) {
        if (!endpoints.equals(told)) {
            told = endpoints;
            List<EquivalentAddressGroup> addresses = endpoints.stream()
                    .map(endpoint -> new EquivalentAddressGroup(endpoint.socketAddress()))
                    .toList();
            tell(StatusOr.fromValue(addresses));
        }
    }

    private void fail(Throwable reason) {
        told = List.of();
        tell(StatusOr.fromStatus(
                Status.UNAVAILABLE.withDescription(reason.getMessage()).withCause(reason)));
    }

    private void tell(StatusOr<List<EquivalentAddressGroup>> addresses) {
        Objects.requireNonNull(listener)
                .onResult2(ResolutionResult.newBuilder()
                        .setAddressesOrError(addresses)
                        .setAttributes(
                                handle == null
                                        ? Attributes.EMPTY
                                        : Attributes.newBuilder()
                                                .set(HANDLE, handle)
                                                .build())
                        .setServiceConfig(config)
                        .build());
    }
}
