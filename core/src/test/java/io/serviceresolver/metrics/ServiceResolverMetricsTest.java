package io.serviceresolver.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.serviceresolver.ServiceHandle;
import io.serviceresolver.ServiceResolver;
import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.source.EndpointSource;
import io.serviceresolver.source.SourceContext;
import io.serviceresolver.source.SourceListener;
import io.serviceresolver.source.SourceSubscription;
import io.serviceresolver.source.StaticSource;
import io.serviceresolver.source.Subscription;
import io.serviceresolver.testkit.VirtualTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServiceResolverMetricsTest {

    private static final Endpoint READY = Endpoint.of("10.0.0.1", 80);
    private static final Endpoint DOWN =
            Endpoint.builder("10.0.0.2", 80).conditions(Conditions.NOT_READY).build();

    private final VirtualTime time = new VirtualTime();
    private final StaticSource source = StaticSource.of("skippy", READY, DOWN);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ServiceResolver resolver = ServiceResolver.builder()
            .source(source)
            .cluster(new ClusterContext("shield", "cluster.local"))
            .idleTimeout(Duration.ofMinutes(1))
            .time(time::nanoTime, time)
            .build();

    @AfterEach
    void close() {
        resolver.close();
    }

    @Test
    void measuresSetsStateAgeAndCallsOfAService() {
        ServiceResolverMetrics.bind(resolver, registry);
        ServiceHandle skippy = resolver.service("skippy");
        time.runDue();
        Lease lease = skippy.acquire();
        skippy.acquire().complete(Outcome.SERVER_ERROR);

        assertThat(value("endpoints", "set", "known")).isEqualTo(2);
        assertThat(value("endpoints", "set", "ready")).isEqualTo(1);
        assertThat(value("endpoints", "set", "picked")).isEqualTo(1);
        assertThat(value("in.flight")).isEqualTo(1);
        assertThat(value("calls", "outcome", "server_error")).isEqualTo(1);
        assertThat(value("calls", "outcome", "success")).isZero();
        assertThat(value("state", "status", "live")).isEqualTo(1);
        assertThat(value("age")).isZero();

        lease.success();
        source.unavailable("skippy", "gone fishing");
        time.runDue();
        time.advance(Duration.ofSeconds(30));
        assertThat(value("in.flight")).isZero();
        assertThat(value("calls", "outcome", "success")).isEqualTo(1);
        assertThat(value("state", "status", "live")).isZero();
        assertThat(value("state", "status", "stale")).isEqualTo(1);
        assertThat(value("age")).isEqualTo(30);
    }

    @Test
    void hasNoMeterForAnyPodAndNoneForAServiceThatIsNoLongerFollowed() {
        ServiceResolverMetrics.bind(resolver, registry);
        resolver.service("skippy");
        time.runDue();
        List<Meter> meters = ofServices();
        assertThat(meters)
                .isNotEmpty()
                .allSatisfy(meter -> assertThat(meter.getId().toString())
                        .contains("skippy.shield")
                        .doesNotContain("10.0.0"));
        time.advance(Duration.ofMinutes(5));
        assertThat(ofServices()).isEmpty();
    }

    private ServiceResolver another() {
        ServiceResolver another = ServiceResolver.builder()
                .source(StaticSource.of("skippy", READY))
                .cluster(new ClusterContext("shield", "cluster.local"))
                .time(time::nanoTime, time)
                .build();
        another.service("skippy");
        return another;
    }

    @Test
    void leavesNothingInTheRegistryWhenItsResolverIsClosed() {
        ServiceResolverMetrics.bind(resolver, registry);
        resolver.service("skippy");
        time.runDue();
        assertThat(requests("static")).isZero();
        resolver.close();
        time.runDue();
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void measuresTheNextResolverWhereOneTakesThePlaceOfAnother() {
        try (ServiceResolver first = counting(3)) {
            ServiceResolverMetrics.bind(first, registry);
            assertThat(requests("watch")).isEqualTo(3);
        }
        time.runDue();
        try (ServiceResolver second = counting(5)) {
            ServiceResolverMetrics.bind(second, registry);
            assertThat(requests("watch")).isEqualTo(5);
        }
    }

    private ServiceResolver counting(long requests) {
        return ServiceResolver.builder()
                .source(new CountingSource("watch", requests))
                .time(time::nanoTime, time)
                .build();
    }

    @Test
    void leavesNothingInTheRegistryWhenItIsEnded() {
        Subscription bound = ServiceResolverMetrics.bind(resolver, registry);
        resolver.service("skippy");
        time.runDue();
        bound.close();
        assertThat(registry.getMeters()).isEmpty();
        resolver.service("wallaby");
        time.runDue();
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void tellsTwoResolversInOneRegistryApartByTheirTags() {
        ServiceResolverMetrics.bind(resolver, registry, Tags.of("resolver", "a"));
        resolver.service("skippy");
        try (ServiceResolver another = another()) {
            ServiceResolverMetrics.bind(another, registry, Tags.of("resolver", "b"));
            time.runDue();
            assertThat(value("endpoints", "set", "known", "resolver", "a")).isEqualTo(2);
            assertThat(value("endpoints", "set", "known", "resolver", "b")).isEqualTo(1);
        }
        time.runDue();
        assertThat(ofServices())
                .isNotEmpty()
                .allSatisfy(
                        meter -> assertThat(meter.getId().getTag("resolver")).isEqualTo("a"));
    }

    @Test
    void doesNotTakeAwayTheMetersOfAnotherResolverWithTheSameTags() {
        ServiceResolverMetrics.bind(resolver, registry);
        resolver.service("skippy");
        time.runDue();
        try (ServiceResolver another = another()) {
            ServiceResolverMetrics.bind(another, registry);
            time.runDue();
        }
        time.runDue();
        assertThat(value("endpoints", "set", "known")).isEqualTo(2);
        assertThat(requests("static")).isZero();
    }

    private List<Meter> ofServices() {
        return registry.getMeters().stream()
                .filter(meter -> meter.getId().getTag("source") == null)
                .toList();
    }

    @Test
    void countsTheRequestsOfSourcesByTheirNames() {
        try (ServiceResolver counting = ServiceResolver.builder()
                .source(new CountingSource("watch", 3))
                .fallback(new CountingSource("watch", 4))
                .fallback(new CountingSource("dns", 5))
                .time(time::nanoTime, time)
                .build()) {
            ServiceResolverMetrics.bind(counting, registry);
            assertThat(requests("watch")).isEqualTo(7);
            assertThat(requests("dns")).isEqualTo(5);
        }
    }

    private double requests(String source) {
        return registry.get("service.resolver.source.requests")
                .tag("source", source)
                .functionCounter()
                .count();
    }

    /** A source that sent some requests. */
    private record CountingSource(String name, long requests) implements EndpointSource {

        @Override
        public SourceSubscription subscribe(ServiceName service, SourceContext context, SourceListener listener) {
            return () -> {};
        }
    }

    private double value(String name, String... tags) {
        Meter meter = registry.get("service.resolver." + name)
                .tag("service", "skippy.shield")
                .tags(tags)
                .meter();
        return meter.measure().iterator().next().getValue();
    }
}
