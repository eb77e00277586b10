package io.serviceresolver;

import static io.serviceresolver.Pods.pods;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.call.CallOptions;
import io.serviceresolver.call.Hedging;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.source.StaticSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls that go on while their resolver is closed. */
class ClosedCallTest {

    private static final Duration HOUR = Duration.ofHours(1);

    /** A part of it, drawn at random, is waited: no test takes so long that it is over. */
    private static final Duration BACKOFF = Duration.ofDays(10_000);

    private static final CallOptions TIMED = CallOptions.DEFAULT.timeout(HOUR).attemptTimeout(HOUR);
    private static final CallOptions IDEMPOTENT =
            CallOptions.DEFAULT.idempotent().outcomes(failure -> Outcome.IO_ERROR);

    private final UncheckedIOException reset = new UncheckedIOException(new IOException("reset"));

    private final ServiceResolver resolver = ServiceResolver.builder()
            .source(StaticSource.of("skippy", pods(3)))
            .cluster(new ClusterContext("shield", "cluster.local"))
            .retries(RetryPolicy.standard().withBackoff(BACKOFF, BACKOFF))
            .build();

    private final ServiceHandle skippy = resolver.service("skippy");

    @BeforeEach
    void follow() {
        skippy.awaitReady(Duration.ofSeconds(30));
    }

    @AfterEach
    void close() {
        resolver.close();
    }

    private CompletableFuture<String> close(Endpoint endpoint) {
        resolver.close();
        return CompletableFuture.completedFuture("ok");
    }

    private static Stream<CallOptions> timed() {
        return Stream.of(TIMED, TIMED.idempotent().hedged(Hedging.after(HOUR)));
    }

    @ParameterizedTest
    @MethodSource("timed")
    void whatAnAttemptCameToIsKnown(CallOptions options) throws Exception {
        CompletableFuture<String> call = skippy.callAsync(options, this::close);
        assertThat(EngineTest.get(call)).isEqualTo("ok");
        assertThat(skippy.stats().inFlight()).isZero();
    }

    private static Stream<CallOptions> anyOptions() {
        return Stream.concat(Stream.of(CallOptions.DEFAULT), timed());
    }

    @ParameterizedTest
    @MethodSource("anyOptions")
    void aCallThatBeginsLaterFailsItsFuture(CallOptions options) {
        resolver.close();
        // Answered after all that the event loop was given before.
        assertThat(EngineTest.failure(skippy.explain())).isInstanceOf(IllegalStateException.class);
        assertThat(EngineTest.failure(skippy.callAsync(options, this::close)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("skippy.shield: the resolver is closed");
    }

    @Test
    void failsAsTheLastAttemptDidWhereThereIsNoNextOne() {
        CompletableFuture<String> call = CompletableFuture.supplyAsync(() -> skippy.call(IDEMPOTENT, endpoint -> {
            throw reset;
        }));
        EngineTest.await("the wait begins", () -> skippy.stats().retries() == 1);
        resolver.close();
        assertThat(EngineTest.failure(call)).isSameAs(reset);
        assertThat(reset.getSuppressed()).singleElement().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void failsAsTheLastAttemptDidWithoutBlockingToo() {
        CompletableFuture<String> call =
                skippy.callAsync(IDEMPOTENT, endpoint -> CompletableFuture.failedFuture(reset));
        assertThat(skippy.stats().retries()).isEqualTo(1);
        resolver.close();
        assertThat(EngineTest.failure(call)).isSameAs(reset);
        assertThat(reset.getSuppressed()).singleElement().isInstanceOf(IllegalStateException.class);
    }
}
