package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.IpFamily;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServiceTraits;
import io.serviceresolver.k8s.ServiceKnowledge.Known;
import io.serviceresolver.k8s.ServiceKnowledge.Unknown;
import io.serviceresolver.source.KnownEndpoint;
import io.serviceresolver.source.SourceAnswer;
import io.serviceresolver.source.SourceAnswer.Absent;
import io.serviceresolver.source.SourceAnswer.Refused;
import io.serviceresolver.source.SourceAnswer.Unavailable;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The Pods of one Service, kept current by one watch on its slices and one on itself for all who want to know, whichever
 * port they mean. Used by the scheduler's thread.
 */
final class ServiceFeed implements Feed, ReflectorState<Slice> {

    private static final Duration LIMBO = Duration.ofSeconds(1);

    private final ServiceName service;
    private final FeedScope scope;
    private final WatchOptions options;
    private final Loop loop;
    private final Pace pace;
    private final Freshness freshness;
    private final EndpointsFallback fallback;
    private final Share slices;
    private final Fetches<Slice> fetches;
    private final ServiceWatch serviceWatch;
    private final PodLabelJoin labels;
    private final Surroundings around;
    private final SliceMerge merge = new SliceMerge(LIMBO.toNanos());
    private final Audience audience = new Audience(this::answer);
    private @Nullable Future<?> departure;

    ServiceFeed(ServiceName service, FeedScope scope) {
        this.service = service;
        this.scope = scope;
        this.options = scope.options();
        this.loop = scope.loop();
        this.pace = new Pace(loop, this::tellAll);
        ApiResource resource = ApiResource.slicesOf(service);
        this.freshness = new Freshness(service, resource, loop, options.disconnectGrace(), pace::request);
        this.fallback = new EndpointsFallback(service, scope, this);
        NamespaceHub hub = scope.hub(service.namespace());
        this.slices = hub.slicesOf(service, fallback);
        this.fetches = new Fetches<>(scope, resource, hub.sliceReader(service));
        this.labels = new PodLabelJoin(service, hub, pace::request);
        this.serviceWatch = new ServiceWatch(service, scope, this::serviceChanged);
        this.around = new Surroundings(service, scope, pace::request);
    }

    @Override
    public void start() {
        freshness.start();
        slices.start();
        serviceWatch.start();
    }

    @Override
    public void add(FeedSubscription subscription) {
        audience.add(subscription);
    }

    @Override
    public boolean remove(FeedSubscription subscription) {
        return audience.remove(subscription);
    }

    @Override
    public void close() {
        audience.close();
        pace.close();
        slices.close();
        fallback.close();
        fetches.close();
        serviceWatch.close();
        labels.close();
        around.close();
        freshness.close();
        Loop.cancel(departure);
    }

    @Override
    public void requirePodLabels() {
        labels.require(serviceWatch.knowledge());
    }

    private void serviceChanged() {
        labels.follow(serviceWatch.knowledge());
        pace.request();
    }

    @Override
    public boolean replaceAll(List<Slice> items) {
        return merge.replaceAll(items, loop.now());
    }

    @Override
    public void put(Slice slice) {
        merge.put(slice, loop.now());
    }

    @Override
    public void remove(String name) {
        merge.remove(name, loop.now());
    }

    @Override
    public boolean isEmpty() {
        return merge.slices().isEmpty();
    }

    @Override
    public void changed() {
        pace.request();
    }

    @Override
    public void live() {
        freshness.live(merge.slices().size());
    }

    @Override
    public void lost(ApiFailure failure) {
        freshness.lost(failure);
    }

    private boolean tellAll() {
        boolean told = audience.tellAll();
        around.answered();
        Loop.cancel(departure);
        merge.nextDeparture(loop.now()).ifPresent(at -> {
            departure = loop.after(Duration.ofNanos(at - loop.now()), pace::request);
        });
        return told;
    }

    private @Nullable SourceAnswer answer(FeedSubscription subscription) {
        ServiceKnowledge knowledge = serviceWatch.knowledge();
        if (knowledge instanceof Known known && known.service().isExternalName()) {
            RouteAnswer answer =
                    new ExternalNameRoute().answer(service.withPort(subscription.port()), known.service(), around);
            return RouteAnswers.told(answer, known.service(), subscription);
        }
        if (freshness.isStale()) {
            return new Unavailable(freshness.reason());
        }
        if (!freshness.isComplete()) {
            return null;
        }
        PortDecision decision = decide(subscription, merge);
        if (decision instanceof PortDecision.NeedsService) {
            return serviceWatch.problem().map(Unavailable::new).orElse(null);
        }
        if (serviceWatch.isAwaited()) {
            return null;
        }
        return refusal(knowledge).orElseGet(() -> decided(subscription, decision, knowledge));
    }

    private PortDecision decide(FeedSubscription subscription, SliceMerge from) {
        return PortDecider.decide(
                service.withPort(subscription.port()), from.sources(loop.now()), serviceWatch.knowledge());
    }

    /** What stands against any answer but this one, whatever the port. */
    private Optional<SourceAnswer> refusal(ServiceKnowledge knowledge) {
        FamilyPolicy families = options.access().families();
        if (knowledge instanceof Known known) {
            return families.refusal(known.service()).map(Refused::new);
        }
        if (merge.isEmpty(loop.now())) {
            String none = "no EndpointSlice with kubernetes.io/service-name=" + service.service() + " in namespace "
                    + service.namespace();
            // Without slices there may still be a Service, as long as nobody said otherwise.
            return Optional.of(
                    knowledge instanceof Unknown
                            ? new Unavailable(
                                    none + "; " + serviceWatch.problem().orElse(""))
                            : new Absent(none));
        }
        return families.needsService()
                ? Optional.of(new Unavailable("ipFamilies: not known (expected: the Service, for " + families
                        + " needs it): " + serviceWatch.problem().orElse("there is none")))
                : Optional.empty();
    }

    private SourceAnswer decided(FeedSubscription subscription, PortDecision decision, ServiceKnowledge knowledge) {
        return decision instanceof PortDecision.Use use
                ? found(subscription, use.choice(), knowledge)
                : new Refused(((PortDecision.Refused) decision).reason());
    }

    private SourceAnswer found(FeedSubscription subscription, PortChoice choice, ServiceKnowledge knowledge) {
        FamilyOrder order = order(knowledge);
        List<Endpoint> endpoints = merge.union(choice, order.families(), loop.now());
        if (endpoints.isEmpty()) {
            List<Endpoint> others = merge.union(choice, List.of(IpFamily.values()), loop.now());
            if (!others.isEmpty()) {
                return new Refused(
                        order.refusal(others.stream().map(Endpoint::address).toList()));
            }
        }
        return subscription.found(labels.join(endpoints, subscription.cache()), traits(knowledge));
    }

    private FamilyOrder order(ServiceKnowledge knowledge) {
        return scope.order(knowledge instanceof Known known ? known.service().families() : List.of());
    }

    private ServiceTraits traits(ServiceKnowledge knowledge) {
        ServiceTraits stated =
                knowledge instanceof Known known ? known.service().traits() : ServiceTraits.DEFAULT;
        return stated.withPodLabels(labels.status());
    }

    @Override
    public List<KnownEndpoint> explain(FeedSubscription subscription) {
        PortDecision decision = decide(subscription, merge);
        List<Endpoint> all = decision instanceof PortDecision.Use use
                ? merge.union(use.choice(), order(serviceWatch.knowledge()).families(), loop.now())
                : List.of();
        List<Endpoint> chosen = List.copyOf(subscription.limited(all));
        Collection<Slice> sources = merge.sources(loop.now());
        return new SliceExplainer(service.namespace(), merge.slices(), sources, loop.now())
                .explain(decision, chosen).stream().map(labels::join).toList();
    }

    @Override
    public CompletableFuture<EndpointSet> fetch(FeedSubscription subscription) {
        return fetches.fetch(items -> {
            SliceMerge fresh = new SliceMerge(0);
            fresh.replaceAll(items, loop.now());
            ServiceKnowledge knowledge = serviceWatch.knowledge();
            if (decide(subscription, fresh) instanceof PortDecision.Use use) {
                List<Endpoint> endpoints =
                        fresh.union(use.choice(), order(knowledge).families(), loop.now());
                return EndpointSet.EMPTY.next(
                        subscription.limited(labels.join(endpoints, new EndpointCache())), traits(knowledge));
            }
            throw new IllegalStateException(SliceExplainer.reason(decide(subscription, fresh)));
        });
    }
}
