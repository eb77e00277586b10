package io.serviceresolver;

import io.serviceresolver.balancer.BalancerFactory;
import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.check.CheckRunner;
import io.serviceresolver.check.HealthChecks;
import io.serviceresolver.endpoint.AddressPolicy;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.ClusterContextDetector;
import io.serviceresolver.endpoint.Topology;
import io.serviceresolver.endpoint.TopologyDetector;
import io.serviceresolver.health.OutlierPolicy;
import io.serviceresolver.routing.RoutingPolicy;
import io.serviceresolver.source.EndpointSource;
import io.serviceresolver.source.LocalTopology;
import io.serviceresolver.source.SourceContext;
import io.serviceresolver.text.Durations;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link ServiceResolver}. Not thread-safe. A resolver for which no source was given has those found on the
 * class path, in their order: the watch on EndpointSlices in a cluster, cluster DNS, environment variables.
 */
public final class ServiceResolverBuilder {

    private final SourceList sources = new SourceList();
    private final Set<String> namespaces = new LinkedHashSet<>();
    private AddressPolicy addresses = AddressPolicy.standard();
    private BalancerFactory balancer = Balancers.leastResponseTime();
    private RetryPolicy retries = RetryPolicy.standard();
    private OutlierPolicy outliers = OutlierPolicy.standard();
    private HealthChecks checks = HealthChecks.none();
    private RoutingPolicy routing = RoutingPolicy.standard();
    private Duration firstAnswerTimeout = Duration.ofSeconds(3);
    private Duration staleLimit = Duration.ofHours(1);
    private Duration idleTimeout = Duration.ofMinutes(10);
    private int maxServices = 1_024;
    private @Nullable ClusterContext cluster;
    private @Nullable Topology topology;
    private LongSupplier ticker = System::nanoTime;
    private @Nullable ScheduledExecutorService scheduler;
    private RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();

    ServiceResolverBuilder() {}

    /**
     * Sets the source to prefer.
     *
     * @param first asked first; the resolver closes it
     * @return this
     * @throws IllegalStateException if there is one already
     */
    public ServiceResolverBuilder source(EndpointSource first) {
        sources.first(first);
        return this;
    }

    /**
     * Adds a source to ask when all before it have nothing to call.
     *
     * @param next asked after the sources given so far; the resolver closes it
     * @return this
     * @throws IllegalStateException if there is no source to fall back from
     */
    public ServiceResolverBuilder fallback(EndpointSource next) {
        sources.next(next);
        return this;
    }

    /**
     * Sets how an endpoint is chosen, {@link Balancers#leastResponseTime()} by default.
     *
     * @param factory makes the balancer of each handle
     * @return this
     */
    public ServiceResolverBuilder balancer(BalancerFactory factory) {
        balancer = Objects.requireNonNull(factory, "balancer");
        return this;
    }

    /**
     * Sets when calls are tried again, {@link RetryPolicy#standard()} by default.
     *
     * @param policy {@link RetryPolicy#never()} for no retries
     * @return this
     */
    public ServiceResolverBuilder retries(RetryPolicy policy) {
        retries = Objects.requireNonNull(policy, "retries");
        return this;
    }

    /**
     * Sets when an endpoint is left alone because calls to it fail, {@link OutlierPolicy#standard()} by default. It learns
     * of calls by their leases only.
     *
     * @param policy {@link OutlierPolicy#never()} to leave none alone
     * @return this
     */
    public ServiceResolverBuilder outliers(OutlierPolicy policy) {
        outliers = Objects.requireNonNull(policy, "outliers");
        return this;
    }

    /**
     * Sets how endpoints are asked whether they work, {@link HealthChecks#none()} by default.
     *
     * @param chosen a {@link io.serviceresolver.check.HealthCheck} for all services, or what chooses one for each
     * @return this
     */
    public ServiceResolverBuilder healthCheck(HealthChecks chosen) {
        checks = Objects.requireNonNull(chosen, "healthCheck");
        return this;
    }

    /**
     * Sets where calls may go, and in which shares, {@link RoutingPolicy#standard()} by default: all endpoints alike that
     * kube-proxy would choose from.
     *
     * @param policy what goes before the balancer
     * @return this
     */
    public ServiceResolverBuilder routing(RoutingPolicy policy) {
        routing = Objects.requireNonNull(policy, "routing");
        return this;
    }

    /**
     * Sets how long the first use of a service waits for the sources to answer, 3 seconds by default. When that time is
     * over, calls fail at once until a source answers. Where this process is short of CPU at first, it may be a sixth more, and a
     * second for a thread that is blocked.
     *
     * @param timeout zero not to wait at all
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public ServiceResolverBuilder firstAnswerTimeout(Duration timeout) {
        firstAnswerTimeout = Durations.notNegative("firstAnswerTimeout", timeout);
        return this;
    }

    /**
     * Sets after how long without use, and without a call in flight, a service lets go of its sources, 10 minutes by default;
     * it may take half as long again.
     *
     * @param timeout more than zero
     * @return this
     * @throws IllegalArgumentException if it is zero or negative
     */
    public ServiceResolverBuilder idleTimeout(Duration timeout) {
        idleTimeout = Durations.positive("idleTimeout", timeout);
        return this;
    }

    /**
     * Sets for how long what a source knew is kept to while the source is unavailable, one hour by default. From then on a
     * later source is preferred that has something to call; where none has, what was known is used on, however old it is.
     * When the source is back it takes over again.
     *
     * @param limit more than zero; the duration of {@link java.time.temporal.ChronoUnit#FOREVER} disables this
     * @return this
     * @throws IllegalArgumentException if it is zero or negative
     */
    public ServiceResolverBuilder staleLimit(Duration limit) {
        staleLimit = Durations.positive("staleLimit", limit);
        return this;
    }

    /**
     * Sets how many names of services are in use at once, 1,024 by default. Where there are more, those least and least
     * recently used let go of their sources, so that names from outside cannot exhaust memory.
     *
     * @param number 1 or more
     * @return this
     * @throws IllegalArgumentException if it is less than 1
     */
    public ServiceResolverBuilder maxServices(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("maxServices: " + number + " (expected: 1 or more)");
        }
        maxServices = number;
        return this;
    }

    /**
     * Allows other namespaces to be written as {@code service.namespace}; a name that ends in {@code .svc} may name any.
     *
     * @param allowed names of namespaces, besides our own
     * @return this
     */
    public ServiceResolverBuilder namespaces(String... allowed) {
        namespaces.addAll(List.of(allowed));
        return this;
    }

    /**
     * Sets what names mean; by default that is learnt from the Pod's environment and its {@code resolv.conf}.
     *
     * @param context the namespace of unqualified names and the cluster domain
     * @return this
     */
    public ServiceResolverBuilder cluster(ClusterContext context) {
        cluster = Objects.requireNonNull(context, "cluster");
        return this;
    }

    /**
     * Sets where this process runs, by which hints, zones and local traffic policies are measured. By default that is read
     * from the environment ({@link TopologyDetector}); what is missing is learnt from the sources where they know it.
     *
     * @param place our node, zone and addresses
     * @return this
     */
    public ServiceResolverBuilder topology(Topology place) {
        topology = Objects.requireNonNull(place, "topology");
        return this;
    }

    /**
     * Sets which addresses that others wrote may be called, {@link AddressPolicy#standard()} by default. Addresses of a
     * {@link io.serviceresolver.source.StaticSource} are always allowed.
     *
     * @param policy what to refuse
     * @return this
     */
    public ServiceResolverBuilder addresses(AddressPolicy policy) {
        addresses = Objects.requireNonNull(policy, "addresses");
        return this;
    }

    /**
     * Replaces time, for tests.
     *
     * @param nanoTime nanoseconds since some fixed moment, never back
     * @param tasks runs what is due, one task at a time; its owner shuts it down
     * @return this
     */
    public ServiceResolverBuilder time(LongSupplier nanoTime, ScheduledExecutorService tasks) {
        ticker = Objects.requireNonNull(nanoTime, "nanoTime");
        scheduler = Objects.requireNonNull(tasks, "tasks");
        return this;
    }

    /**
     * Replaces randomness, for tests.
     *
     * @param generator may be called by all threads at once
     * @return this
     */
    public ServiceResolverBuilder random(RandomGenerator generator) {
        random = Objects.requireNonNull(generator, "random");
        return this;
    }

    /**
     * Makes the resolver. Its sources are asked for the first time when a service is.
     *
     * @return a new resolver: close it
     */
    public ServiceResolver build() {
        return buildDefault();
    }

    DefaultServiceResolver buildDefault() {
        ResolverThreads threads = scheduler == null ? ResolverThreads.own() : ResolverThreads.on(scheduler);
        CheckRunner runner = new CheckRunner(checks, threads.scheduler(), threads.checks(), random);
        ResolverConfig config = new ResolverConfig(
                sources.orDefault(),
                addresses,
                balancer,
                retries,
                outliers,
                runner,
                routing,
                firstAnswerTimeout,
                staleLimit,
                idleTimeout,
                maxServices);
        SourceContext context = new SourceContext(ticker, threads.scheduler(), random, names(), place());
        return DefaultServiceResolver.start(config, context, threads);
    }

    private LocalTopology place() {
        return new LocalTopology(topology == null ? TopologyDetector.detect(System.getenv()) : topology);
    }

    private ClusterContext names() {
        ClusterContext names = cluster == null ? ClusterContextDetector.system().detect() : cluster;
        return names.withNamespaces(namespaces);
    }
}
