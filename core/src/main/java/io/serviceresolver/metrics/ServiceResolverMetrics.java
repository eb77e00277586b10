package io.serviceresolver.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.serviceresolver.ResolverListener;
import io.serviceresolver.ServiceHandle;
import io.serviceresolver.ServiceResolver;
import io.serviceresolver.ServiceState.Status;
import io.serviceresolver.ServiceStats;
import io.serviceresolver.SourceStats;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.source.Subscription;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Binds a resolver to a Micrometer registry: some meters for each service that is followed, none for each Pod. All are
 * read when the registry asks; nothing is added to a call.
 *
 * <table>
 *   <caption>Meters, each with the tag {@code service}, such as {@code skippy.shield}, or {@code skippy.shield:(http)} of calls to
 *   {@code http://skippy/}</caption>
 *   <tr><th>name</th><th>kind</th><th>other tags</th><th>what it tells</th></tr>
 *   <tr><td>{@code service.resolver.endpoints}</td><td>gauge</td><td>{@code set}: {@code known}, {@code ready},
 *     {@code picked}</td><td>endpoints known, ready, and picked from</td></tr>
 *   <tr><td>{@code service.resolver.state}</td><td>gauge</td><td>{@code status}: {@code live}, {@code stale},
 *     {@code fallback}, {@code empty}, {@code unknown}</td><td>1 for the status it has, 0 for the others</td></tr>
 *   <tr><td>{@code service.resolver.age}</td><td>gauge, seconds</td><td></td><td>since when the source has not
 *     confirmed what is used; 0 while it does</td></tr>
 *   <tr><td>{@code service.resolver.in.flight}</td><td>gauge</td><td></td><td>calls in flight</td></tr>
 *   <tr><td>{@code service.resolver.ejected}</td><td>gauge</td><td></td><td>endpoints that are left alone because calls to
 *     them failed</td></tr>
 *   <tr><td>{@code service.resolver.panic}</td><td>gauge</td><td></td><td>1 while too few endpoints are healthy, and all
 *     are used or calls fail; else 0</td></tr>
 *   <tr><td>{@code service.resolver.ejections}</td><td>counter</td><td></td><td>how many times an endpoint was
 *     ejected</td></tr>
 *   <tr><td>{@code service.resolver.unhealthy}</td><td>gauge</td><td></td><td>endpoints that active health checks find
 *     unhealthy</td></tr>
 *   <tr><td>{@code service.resolver.checks}</td><td>counter</td><td>{@code result}: {@code passed},
 *     {@code failed}</td><td>active health checks that were made</td></tr>
 *   <tr><td>{@code service.resolver.retries}</td><td>counter</td><td>{@code result}: {@code made}, {@code hedged} (made
 *     beside the first attempt), {@code refused} (the budget was used up)</td><td>calls that were to be made again</td></tr>
 *   <tr><td>{@code service.resolver.calls}</td><td>counter</td><td>{@code outcome}: as {@link Outcome}, lower
 *     case</td><td>calls that ended</td></tr>
 * </table>
 *
 * <p>Besides, {@code service.resolver.source.requests} is a counter of the requests that a source sent to the outside, with
 * the tag {@code source}, such as {@code watch}: it says that picks ask nobody.
 */
public final class ServiceResolverMetrics implements ResolverListener {

    private static final String PREFIX = "service.resolver.";

    private static final Logger log = LoggerFactory.getLogger(ServiceResolverMetrics.class);

    private final MeterRegistry registry;
    private final Tags tags;

    /** What was added for each service, and for what is none. Guarded by this. */
    private final Map<Object, List<Meter>> meters = new HashMap<>();

    /** Guarded by this. */
    private boolean ended;

    private ServiceResolverMetrics(MeterRegistry registry, Tags tags) {
        this.registry = registry;
        this.tags = tags;
    }

    /**
     * Adds the meters of the resolver's sources and of all services that it follows, now and later. They are removed when a
     * service is no longer followed, and when the resolver is closed.
     *
     * @param resolver whose services are measured
     * @param registry where the meters go
     * @return ends it: all of them are removed
     */
    public static Subscription bind(ServiceResolver resolver, MeterRegistry registry) {
        return bind(resolver, registry, Tags.empty());
    }

    /**
     * As {@link #bind(ServiceResolver, MeterRegistry)}, where a registry has the meters of several resolvers.
     *
     * @param resolver whose services are measured
     * @param registry where the meters go
     * @param tags tags besides, by which the meters of this resolver are told from those of others: without them, those of a
     *     service that several follow are the first one's, and a line in the log says so
     * @return ends it: all of them are removed
     */
    public static Subscription bind(ServiceResolver resolver, MeterRegistry registry, Iterable<Tag> tags) {
        ServiceResolverMetrics bound = new ServiceResolverMetrics(registry, Tags.of(tags));
        bound.add(resolver, "sources", () -> bound.ofSources(resolver));
        Subscription listening = resolver.addListener(bound);
        return () -> {
            listening.close();
            bound.resolverClosed();
        };
    }

    private List<Meter> ofSources(ServiceResolver resolver) {
        List<Meter> made = new ArrayList<>();
        resolver.sources().stream()
                .map(SourceStats::name)
                .distinct()
                .forEach(source -> made.add(
                        FunctionCounter.builder(PREFIX + "source.requests", resolver, of -> requests(of, source))
                                .tags(tags.and("source", source))
                                .register(registry)));
        return made;
    }

    /** Adds meters, but for those that somebody else has in the registry: they are not ours to remove. */
    private synchronized void add(Object of, String shown, Supplier<List<Meter>> register) {
        if (ended || meters.containsKey(of)) {
            return;
        }
        Set<Meter> others = Collections.newSetFromMap(new IdentityHashMap<>());
        others.addAll(registry.getMeters());
        List<Meter> made = new ArrayList<>(register.get());
        if (made.removeIf(others::contains)) {
            log.warn(
                    "{}: another resolver has meters of that name and tags, and this one's are not seen (expected: tags"
                            + " of its own, by bind(resolver, registry, tags))",
                    shown);
        }
        meters.put(of, made);
    }

    private static double requests(ServiceResolver resolver, String source) {
        return resolver.sources().stream()
                .filter(one -> one.name().equals(source))
                .mapToLong(SourceStats::requests)
                .sum();
    }

    @Override
    public void serviceAdded(ServiceHandle service) {
        String target = service.target().toString();
        add(service, target, () -> register(service, tags.and("service", target)));
    }

    @Override
    public synchronized void serviceRemoved(ServiceHandle service) {
        remove(meters.remove(service));
    }

    @Override
    public synchronized void resolverClosed() {
        ended = true;
        meters.values().forEach(this::remove);
        meters.clear();
    }

    private void remove(@Nullable List<Meter> added) {
        if (added != null) {
            added.forEach(registry::remove);
        }
    }

    private List<Meter> register(ServiceHandle service, Tags tags) {
        ServiceStats stats = service.stats();
        List<Meter> made = new ArrayList<>();
        made.add(gauge("endpoints", tags.and("set", "known"), service, s -> stats.known()));
        made.add(gauge("endpoints", tags.and("set", "ready"), service, s -> stats.ready()));
        made.add(gauge("endpoints", tags.and("set", "picked"), service, s -> stats.pickable()));
        made.add(gauge("in.flight", tags, service, s -> stats.inFlight()));
        made.add(Gauge.builder(
                        PREFIX + "age",
                        service,
                        s -> TimeUnit.NANOSECONDS.convert(stats.state().age()) / 1e9)
                .tags(tags)
                .baseUnit("seconds")
                .register(registry));
        for (Status status : Status.values()) {
            made.add(gauge(
                    "state",
                    tags.and("status", lower(status)),
                    service,
                    s -> stats.state().status() == status ? 1 : 0));
        }
        made.add(gauge("ejected", tags, service, s -> stats.ejected()));
        made.add(gauge("panic", tags, service, s -> stats.isPanicking() ? 1 : 0));
        made.add(counter("ejections", tags, service, s -> stats.ejections()));
        made.add(gauge("unhealthy", tags, service, s -> stats.unhealthy()));
        made.add(counter("checks", tags.and("result", "passed"), service, s -> stats.checksPassed()));
        made.add(counter("checks", tags.and("result", "failed"), service, s -> stats.checksFailed()));
        made.add(counter("retries", tags.and("result", "made"), service, s -> stats.retries()));
        made.add(counter("retries", tags.and("result", "hedged"), service, s -> stats.hedges()));
        made.add(counter("retries", tags.and("result", "refused"), service, s -> stats.retriesRefused()));
        for (Outcome outcome : Outcome.values()) {
            made.add(counter("calls", tags.and("outcome", lower(outcome)), service, s -> stats.completed(outcome)));
        }
        return made;
    }

    private Gauge gauge(String name, Tags tags, ServiceHandle service, ToDoubleFunction<ServiceHandle> value) {
        return Gauge.builder(PREFIX + name, service, value).tags(tags).register(registry);
    }

    private FunctionCounter counter(
            String name, Tags tags, ServiceHandle service, ToDoubleFunction<ServiceHandle> value) {
        return FunctionCounter.builder(PREFIX + name, service, value).tags(tags).register(registry);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
