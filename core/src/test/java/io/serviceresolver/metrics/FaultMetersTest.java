package io.serviceresolver.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.serviceresolver.ServiceHandle;
import io.serviceresolver.ServiceResolver;
import io.serviceresolver.ServiceResolverBuilder;
import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.call.CallOptions;
import io.serviceresolver.call.EndpointCall;
import io.serviceresolver.call.Hedging;
import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.check.HealthCheck;
import io.serviceresolver.check.ProbeResult;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.health.OutlierPolicy;
import io.serviceresolver.routing.PanicPolicy;
import io.serviceresolver.routing.RoutingPolicy;
import io.serviceresolver.source.StaticSource;
import io.serviceresolver.testkit.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The meters of what goes wrong: each is zero until it does, and then as much as happened. */
class FaultMetersTest {

    private static final Endpoint GOOD = Endpoint.of("10.0.0.1", 80);
    private static final Endpoint BAD = Endpoint.of("10.0.0.2", 80);
    private static final Endpoint WORSE = Endpoint.of("10.0.0.3", 80);
    private static final CallOptions IDEMPOTENT = CallOptions.DEFAULT.idempotent();
    private static final int PATIENCE_SECONDS = 30;

    private final VirtualTime time = new VirtualTime();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private ServiceResolverBuilder builder() {
        return ServiceResolver.builder()
                .source(StaticSource.of("skippy", GOOD, BAD, WORSE))
                .cluster(new ClusterContext("shield", "cluster.local"))
                .balancer(Balancers.roundRobin())
                .time(time::nanoTime, time);
    }

    private ServiceHandle follow(ServiceResolver resolver) {
        ServiceResolverMetrics.bind(resolver, registry);
        ServiceHandle skippy = resolver.service("skippy");
        time.runDue();
        return skippy;
    }

    private double value(String name, String... tags) {
        return registry.get("service.resolver." + name)
                .tag("service", "skippy.shield")
                .tags(tags)
                .meter()
                .measure()
                .iterator()
                .next()
                .getValue();
    }

    private List<Double> values(String... names) {
        return Stream.of(names).map(name -> value(name)).toList();
    }

    private double retries(String result) {
        return value("retries", "result", result);
    }

    private double checks(String result) {
        return value("checks", "result", result);
    }

    /** Calls until one was called, which cannot be connected to. */
    private void fail(ServiceHandle skippy, Endpoint bad) {
        Lease lease = skippy.acquire();
        while (!lease.endpoint().equals(bad)) {
            lease.success();
            lease = skippy.acquire();
        }
        lease.complete(Outcome.CONNECT_FAILED);
        time.advance(Duration.ofMillis(1));
    }

    @Test
    void thoseThatAreLeftAloneAndThePanicThatMakes() {
        OutlierPolicy outliers =
                OutlierPolicy.standard().withMaxEjected(1).withEjections(Duration.ofSeconds(5), Duration.ofSeconds(5));
        RoutingPolicy routing = RoutingPolicy.standard().withPanic(PanicPolicy.useAllBelow(0.5));
        try (ServiceResolver resolver =
                builder().outliers(outliers).routing(routing).build()) {
            ServiceHandle skippy = follow(resolver);
            assertThat(values("ejected", "ejections", "panic")).containsExactly(0.0, 0.0, 0.0);
            fail(skippy, BAD);
            assertThat(values("ejected", "ejections", "panic")).containsExactly(1.0, 1.0, 0.0);
            fail(skippy, WORSE);
            assertThat(values("ejected", "ejections", "panic")).containsExactly(2.0, 2.0, 1.0);
            time.advance(Duration.ofMinutes(1));
            for (int i = 0; i < 100 && value("ejected") > 0; i++) {
                skippy.acquire().success();
                time.runDue();
            }
            assertThat(values("ejected", "ejections", "panic")).containsExactly(0.0, 2.0, 0.0);
        }
    }

    @Test
    void callsThatAreMadeAgainAndThoseThatTheBudgetRefuses() {
        RetryPolicy two =
                RetryPolicy.standard().withBackoff(Duration.ZERO, Duration.ZERO).withBudget(0, 2, 2);
        EndpointCall<String, IOException> broken = endpoint -> {
            throw new IOException("reset");
        };
        try (ServiceResolver resolver =
                builder().retries(two).outliers(OutlierPolicy.never()).build()) {
            ServiceHandle skippy = follow(resolver);
            assertThat(retries("made")).isZero();
            assertThatThrownBy(() -> skippy.call(IDEMPOTENT, broken)).hasMessage("reset");
            assertThat(retries("made")).as("one for each other endpoint").isEqualTo(2);
            assertThat(retries("refused")).isZero();
            assertThatThrownBy(() -> skippy.call(IDEMPOTENT, broken)).hasMessage("reset");
            assertThat(retries("made")).isEqualTo(2);
            assertThat(retries("refused")).isEqualTo(1);
            assertThat(retries("hedged")).isZero();
            assertThat(value("calls", "outcome", "io_error")).isEqualTo(4);
        }
    }

    @Test
    void callsThatAreMadeBesideTheFirstAttempt() throws Exception {
        BlockingQueue<CompletableFuture<String>> attempts = new LinkedBlockingQueue<>();
        try (ServiceResolver resolver = builder().build()) {
            ServiceHandle skippy = follow(resolver);
            CompletableFuture<String> result =
                    skippy.callAsync(IDEMPOTENT.hedged(Hedging.after(Duration.ofSeconds(1))), endpoint -> {
                        CompletableFuture<String> answer = new CompletableFuture<>();
                        attempts.add(answer);
                        return answer;
                    });
            assertThat(attempts.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isNotDone();
            assertThat(retries("hedged")).isZero();
            time.advance(Duration.ofSeconds(1));
            CompletableFuture<String> hedge = attempts.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(hedge).isNotNull();
            hedge.complete("hedge");
            assertThat(result.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("hedge");
            assertThat(retries("hedged")).isEqualTo(1);
            assertThat(retries("made")).isZero();
            assertThat(retries("refused")).isZero();
        }
    }

    @Test
    void activeChecksByTheirResults() {
        Duration interval = Duration.ofSeconds(10);
        AtomicInteger well = new AtomicInteger();
        AtomicInteger badly = new AtomicInteger();
        HealthCheck check = HealthCheck.of(endpoint -> {
                    (endpoint.equals(GOOD) ? well : badly).incrementAndGet();
                    return CompletableFuture.completedFuture(
                            endpoint.equals(GOOD) ? ProbeResult.passed() : ProbeResult.failed("HTTP 503"));
                })
                .withInterval(interval)
                .withTimeout(Duration.ofDays(1))
                .withThresholds(1, 1);
        try (ServiceResolver resolver = builder().healthCheck(check).build()) {
            follow(resolver);
            assertThat(List.of(checks("passed"), checks("failed"), value("unhealthy")))
                    .containsOnly(0.0);
            // All are checked in it, by threads of their own: time stands still until they have answered.
            time.advance(interval);
            await(() -> {
                time.runDue();
                return value("unhealthy") == 2 && well.get() > 0;
            });
            await(() -> {
                time.runDue();
                return checks("passed") == well.get() && checks("failed") == badly.get();
            });
        }
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("time is over").isNegative();
        }
    }
}
