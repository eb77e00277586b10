package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.k8s.ServiceKnowledge.Known;
import io.serviceresolver.source.SourceAnswer;
import io.serviceresolver.source.SourceAnswer.Absent;
import io.serviceresolver.source.SourceAnswer.Unavailable;
import io.serviceresolver.source.SourceContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of one Service, kept current by one watch for all who want to know, whichever port they mean. Used by the
 * scheduler's thread.
 */
final class ServiceFeed implements Reflector.State<Slice> {

    private static final Logger log = LoggerFactory.getLogger(EndpointSliceSource.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration LIMBO = Duration.ofSeconds(1);
    private static final Duration BETWEEN_ANSWERS = Duration.ofMillis(20);
    private static final int MAX_SLICES = 2000;

    private final ServiceName service;
    private final WatchOptions options;
    private final Loop loop;
    private final ApiResource resource;
    private final Reflector<Slice> slices;
    private final ServiceWatch serviceWatch;
    private final SliceMerge merge = new SliceMerge(LIMBO.toNanos());
    private final List<FeedSubscription> subscriptions = new ArrayList<>();

    private boolean complete;
    private boolean announced;

    /** What went wrong since it was last current; null where nothing did. */
    private @Nullable ApiFailure trouble;

    /** Whether it has not been current for so long that it is to be told. */
    private boolean stale;

    private boolean closed;
    private long toldNanos;
    private @Nullable Future<?> grace;
    private @Nullable Future<?> later;
    private @Nullable Future<?> departure;

    ServiceFeed(ServiceName service, ApiClient client, SourceContext context, WatchOptions options) {
        this.service = service;
        this.options = options;
        this.loop = new Loop(context);
        this.resource = ApiResource.slicesOf(service);
        Complaints complaints = new Complaints(log, context.ticker());
        this.slices = new Reflector<>(
                resource, client, new SliceReader(service, complaints), context, options.silenceTimeout(), this);
        this.serviceWatch = new ServiceWatch(service, client, context, options, this::publish);
        this.toldNanos = loop.now() - BETWEEN_ANSWERS.toNanos();
    }

    void start() {
        grace = loop.after(PATIENCE, () -> tellStale(false));
        slices.list();
    }

    void add(FeedSubscription subscription) {
        subscriptions.add(subscription);
        tell(subscription);
    }

    /** Takes a subscription out: whether it was the last one. */
    boolean remove(FeedSubscription subscription) {
        subscriptions.remove(subscription);
        return subscriptions.isEmpty();
    }

    void close() {
        closed = true;
        subscriptions.forEach(FeedSubscription::close);
        slices.close();
        serviceWatch.close();
        cancel(grace);
        cancel(later);
        cancel(departure);
    }

    @Override
    public boolean replaceAll(List<Slice> items) {
        boolean changed = merge.replaceAll(items, loop.now());
        complete = true;
        return changed;
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
        publish();
    }

    @Override
    public void live() {
        cancel(grace);
        grace = null;
        trouble = null;
        if (stale || !announced) {
            announced = true;
            stale = false;
            log.info(
                    "{}: watching {}: {}",
                    service,
                    resource.shown(),
                    merge.slices().size());
            publish();
        }
    }

    @Override
    public void lost(ApiFailure failure) {
        boolean another = trouble == null || trouble.kind() != failure.kind();
        trouble = failure;
        log.debug("{}: {}", service, failure.reason());
        if (stale || !complete) {
            tellStale(another);
        } else if (grace == null) {
            grace = loop.after(options.disconnectGrace(), () -> tellStale(true));
        }
    }

    private void tellStale(boolean worthALine) {
        cancel(grace);
        grace = null;
        stale = true;
        if (trouble != null && worthALine) {
            log.warn("{}: {}", service, AccessHint.explain(trouble, resource));
        }
        publish();
    }

    /** Tells everybody, at once or as soon as enough time has passed since the last time. */
    private void publish() {
        if (closed || later != null) {
            return;
        }
        Duration wait = BETWEEN_ANSWERS.minusNanos(loop.now() - toldNanos);
        if (wait.isNegative() || wait.isZero()) {
            tellAll();
        } else {
            later = loop.after(wait, () -> {
                later = null;
                tellAll();
            });
        }
    }

    private void tellAll() {
        toldNanos = loop.now();
        List.copyOf(subscriptions).forEach(this::tell);
        cancel(departure);
        departure = null;
        merge.nextDeparture().ifPresent(at -> {
            departure = loop.after(Duration.ofNanos(at - toldNanos), this::publish);
        });
    }

    private void tell(FeedSubscription subscription) {
        SourceAnswer answer = answer(subscription);
        if (answer != null) {
            subscription.tell(answer);
        }
    }

    private @Nullable SourceAnswer answer(FeedSubscription subscription) {
        if (stale) {
            return new Unavailable(
                    trouble == null ? "the API server has not answered yet" : AccessHint.explain(trouble, resource));
        }
        if (!complete) {
            return null;
        }
        ServiceKnowledge knowledge = serviceWatch.knowledge();
        if (merge.isEmpty(loop.now()) && !(knowledge instanceof Known)) {
            return new Absent("no EndpointSlice with kubernetes.io/service-name=" + service.service() + " in namespace "
                    + service.namespace());
        }
        PortDecision decision = PortDecider.decide(subscription.name(), merge.sources(loop.now()), knowledge);
        if (decision instanceof PortDecision.Use use) {
            return found(subscription, use.choice(), knowledge);
        }
        if (decision instanceof PortDecision.Refused refused) {
            return new Unavailable(refused.reason());
        }
        return serviceWatch.follow().map(Unavailable::new).orElse(null);
    }

    private SourceAnswer found(FeedSubscription subscription, PortChoice choice, ServiceKnowledge knowledge) {
        List<AddressFamily> families =
                knowledge instanceof Known known ? known.service().families() : List.of(AddressFamily.values());
        List<Endpoint> endpoints = merge.union(choice, families, loop.now());
        if (endpoints.size() > options.maxEndpoints() || merge.slices().size() > MAX_SLICES) {
            return new Unavailable(
                    "endpoints: " + endpoints.size() + " in " + merge.slices().size() + " slices (expected: "
                            + options.maxEndpoints() + " in " + MAX_SLICES + " at most)");
        }
        return subscription.found(endpoints);
    }

    private static void cancel(@Nullable Future<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
