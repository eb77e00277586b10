package io.serviceresolver;

import static io.serviceresolver.Pods.pods;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.call.Attempts;
import io.serviceresolver.call.CallOptions;
import io.serviceresolver.call.Hedging;
import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.check.HealthCheck;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.health.OutlierPolicy;
import io.serviceresolver.http.ServiceHttpClient;
import io.serviceresolver.http.ServiceHttpOptions;
import io.serviceresolver.routing.RoutingPolicy;
import io.serviceresolver.routing.SlowStart;
import io.serviceresolver.source.StaticSource;
import io.serviceresolver.testkit.PodServer;
import io.serviceresolver.testkit.VirtualTime;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Durations that fit no number of nanoseconds mean that there is no limit, whoever is given them. */
class LongDurationsTest {

    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();
    private static final CallOptions IDEMPOTENT = CallOptions.DEFAULT.idempotent();

    private static ServiceResolver resolver(UnaryOperator<ServiceResolverBuilder> options) {
        return options.apply(ServiceResolver.builder()
                        .source(StaticSource.of("skippy", pods(3)))
                        .firstAnswerTimeout(EngineTest.PATIENCE))
                .build();
    }

    static Stream<CallOptions> options() {
        return Stream.of(
                IDEMPOTENT.timeout(FOREVER),
                IDEMPOTENT.attemptTimeout(FOREVER),
                IDEMPOTENT.timeout(FOREVER).attemptTimeout(FOREVER),
                IDEMPOTENT.hedged(Hedging.after(FOREVER)),
                IDEMPOTENT.hedged(Hedging.afterMost(0.9, FOREVER)));
    }

    @ParameterizedTest
    @MethodSource("options")
    void ofACall(CallOptions options) throws Exception {
        try (ServiceResolver resolver = resolver(builder -> builder)) {
            ServiceHandle skippy = resolver.service("skippy");
            assertThat(skippy.<String, IOException>call(options, endpoint -> "ok"))
                    .isEqualTo("ok");
            CompletableFuture<String> answer = new CompletableFuture<>();
            CompletableFuture<String> result = skippy.callAsync(options, endpoint -> answer);
            assertThat(result).isNotDone();
            answer.complete("ok");
            assertThat(EngineTest.get(result)).isEqualTo("ok");
            assertThat(skippy.stats().inFlight()).isZero();
            Attempts attempts = skippy.attempts(options);
            attempts.acquire().close();
            attempts.remaining().ifPresent(left -> assertThat(left).isGreaterThan(Duration.ofDays(36_500)));
            assertThat(attempts.next(Outcome.IO_ERROR, FOREVER)).isEmpty();
        }
    }

    static Stream<RetryPolicy> policies() {
        RetryPolicy policy = RetryPolicy.standard();
        return Stream.of(policy.withBackoff(Duration.ZERO, FOREVER), policy.withBackoff(Duration.ofNanos(1), FOREVER));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void ofTheLongestWait(RetryPolicy policy) {
        try (ServiceResolver resolver = resolver(builder -> builder.retries(policy))) {
            ServiceHandle skippy = resolver.service("skippy");
            IOException boom = new IOException("boom");
            assertThatThrownBy(() -> skippy.call(IDEMPOTENT, endpoint -> {
                        throw boom;
                    }))
                    .isSameAs(boom);
            assertThat(EngineTest.failure(
                            skippy.callAsync(IDEMPOTENT, endpoint -> CompletableFuture.failedFuture(boom))))
                    .isSameAs(boom);
        }
    }

    @Test
    void ofTheShortestWait() {
        try (ServiceResolver resolver =
                resolver(builder -> builder.retries(RetryPolicy.standard().withBackoff(FOREVER, FOREVER)))) {
            Attempts attempts = resolver.service("skippy").attempts(IDEMPOTENT);
            for (int i = 0; i < 2; i++) {
                attempts.acquire().complete(Outcome.IO_ERROR);
                assertThat(attempts.next(Outcome.IO_ERROR, Duration.ZERO)).isPresent();
            }
            CompletableFuture<Void> pause = attempts.pause(FOREVER);
            assertThat(pause).isNotDone();
            pause.cancel(false);
        }
    }

    static Stream<UnaryOperator<ServiceResolverBuilder>> builders() {
        OutlierPolicy outliers = OutlierPolicy.standard();
        return Stream.of(
                builder -> builder.firstAnswerTimeout(FOREVER),
                builder -> builder.idleTimeout(FOREVER),
                builder -> builder.balancer(Balancers.peakEwma(FOREVER)),
                builder -> builder.outliers(outliers.withEjections(FOREVER, FOREVER)),
                builder -> builder.outliers(outliers.withRates(FOREVER, 20, 0.5, 3)),
                builder -> builder.routing(RoutingPolicy.standard().withSlowStart(SlowStart.over(FOREVER))),
                builder -> builder.healthCheck(HealthCheck.tcp().withInterval(FOREVER)),
                builder -> builder.healthCheck(HealthCheck.tcp().withTimeout(FOREVER)));
    }

    @ParameterizedTest
    @MethodSource("builders")
    void ofAResolver(UnaryOperator<ServiceResolverBuilder> options) {
        VirtualTime time = new VirtualTime();
        StaticSource source = StaticSource.of("skippy", pods(3));
        ServiceResolver resolver = options.apply(
                        ServiceResolver.builder().source(source).time(time::nanoTime, time))
                .build();
        ServiceHandle skippy = resolver.service("skippy");
        time.runDue();
        source.set("skippy", pods(4));
        time.advance(Duration.ofMinutes(1));
        for (int i = 0; i < 40; i++) {
            skippy.acquire().complete(i % 2 == 0 ? Outcome.CONNECT_FAILED : Outcome.SUCCESS);
            time.advance(Duration.ofSeconds(1));
        }
        assertThat(skippy.resolve()).isNotNull();
        assertThat(skippy.stats().pickable()).isBetween(1, 4);
        resolver.close();
        time.runDue();
    }

    @Test
    void ofAnEjectionThatLastsForEver() {
        VirtualTime time = new VirtualTime();
        ServiceResolver resolver = ServiceResolver.builder()
                .source(StaticSource.of("skippy", pods(3)))
                .balancer(Balancers.roundRobin())
                .outliers(OutlierPolicy.standard().withEjections(FOREVER, FOREVER))
                .idleTimeout(FOREVER)
                .time(time::nanoTime, time)
                .build();
        ServiceHandle skippy = resolver.service("skippy");
        time.runDue();
        Endpoint bad = skippy.resolve();
        for (int i = 0; i < 10; i++) {
            Lease lease = skippy.acquire();
            lease.complete(lease.endpoint().equals(bad) ? Outcome.CONNECT_FAILED : Outcome.SUCCESS);
            time.runDue();
        }
        assertThat(skippy.stats().ejected()).isEqualTo(1);
        time.advance(Duration.ofDays(30));
        assertThat(skippy.stats().ejected()).isEqualTo(1);
        resolver.close();
        time.runDue();
    }

    @Test
    void ofWaitsForAnEndpoint() throws Exception {
        try (ServiceResolver resolver = resolver(builder -> builder)) {
            resolver.service("skippy").awaitReady(FOREVER);
            EngineTest.get(resolver.service("skippy").awaitReadyAsync(FOREVER));
            CompletableFuture<Void> never = resolver.service("nobody").awaitReadyAsync(FOREVER);
            assertThat(never).isNotDone();
        }
    }

    static Stream<ServiceHttpOptions> httpOptions() {
        ServiceHttpOptions none = ServiceHttpOptions.defaults();
        return Stream.of(
                none.callTimeout(FOREVER),
                none.attemptTimeout(FOREVER),
                none.callTimeout(FOREVER).attemptTimeout(FOREVER),
                none.hedged(Hedging.after(FOREVER)));
    }

    @ParameterizedTest
    @MethodSource("httpOptions")
    void ofTheHttpClient(ServiceHttpOptions options) throws Exception {
        try (PodServer pod = PodServer.start("pod-1", "127.0.1.1", 0);
                ServiceResolver resolver = ServiceResolver.builder()
                        .source(StaticSource.of("skippy", Endpoint.of(pod.address(), pod.port())))
                        .build()) {
            HttpClient client = ServiceHttpClient.wrap(HttpClient.newHttpClient(), resolver, options);
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create("http://skippy/")).build();
            assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
            assertThat(EngineTest.get(client.sendAsync(request, BodyHandlers.ofString()))
                            .statusCode())
                    .isEqualTo(200);
        }
    }
}
