package io.serviceresolver;

import static io.serviceresolver.Pods.pods;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.serviceresolver.balancer.Balancer;
import io.serviceresolver.balancer.BalancerFactory;
import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.balancer.Candidate;
import io.serviceresolver.balancer.Picker;
import io.serviceresolver.call.CallOptions;
import io.serviceresolver.call.Hedging;
import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.call.RetryPolicy;
import java.io.IOException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** How calls end whose end is told by users' own code, or not told, or told wrongly: all of them do, and none is left in flight. */
class CallEndTest extends EngineTest {

    private final Logger log = (Logger) LoggerFactory.getLogger(FailureReader.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    /** Whether the balancer fails when it is told of the end of a call. */
    private volatile boolean balancerFails;

    @Override
    ServiceResolverBuilder configure(ServiceResolverBuilder builder) {
        return builder.balancer(failing(Balancers.random()))
                .retries(RetryPolicy.standard().withBackoff(Duration.ofSeconds(1), Duration.ofSeconds(1)));
    }

    private BalancerFactory failing(BalancerFactory wrapped) {
        return context -> {
            Balancer inner = wrapped.create(context);
            return new Balancer() {
                @Override
                public Picker update(List<? extends Candidate> candidates) {
                    return inner.update(candidates);
                }

                @Override
                public Interest interest() {
                    return Interest.CALLS;
                }

                @Override
                public void ended(Candidate at, Outcome outcome, long latencyNanos) {
                    if (balancerFails) {
                        throw new IllegalStateException("a bug of the balancer");
                    }
                }
            };
        };
    }

    private static Outcome failing(Throwable failure) {
        throw new IllegalArgumentException("cannot tell", failure);
    }

    private static Outcome failingBadly(Throwable failure) {
        throw new AssertionError("cannot even think", failure);
    }

    @BeforeEach
    void capture() {
        lines.start();
        log.setAdditive(false);
        log.addAppender(lines);
    }

    @AfterEach
    void release() {
        log.detachAppender(lines);
        log.setAdditive(true);
    }

    private ServiceHandle skippy() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pods(3)));
        return skippy;
    }

    @Test
    void aReaderThatCannotTellKeepsNoFailureFromItsCaller() {
        ServiceHandle skippy = skippy();
        IOException boom = new IOException("boom");
        List<Function<Throwable, Outcome>> readers =
                List.of(Map.<Throwable, Outcome>of()::get, CallEndTest::failing, CallEndTest::failingBadly);
        for (Function<Throwable, Outcome> reader : readers) {
            CallOptions options = CallOptions.DEFAULT.idempotent().outcomes(reader);
            assertThatThrownBy(() -> skippy.call(options, endpoint -> {
                        throw boom;
                    }))
                    .isSameAs(boom);
            assertThat(failure(skippy.callAsync(options, endpoint -> CompletableFuture.failedFuture(boom))))
                    .isSameAs(boom);
            assertThat(failure(skippy.callAsync(
                            options.timeout(Duration.ofSeconds(1)), endpoint -> CompletableFuture.failedFuture(boom))))
                    .isSameAs(boom);
        }
        assertThat(skippy.stats().inFlight()).isZero();
        assertThat(skippy.stats().completed(Outcome.UNREPORTED)).isEqualTo(9);
        assertThat(lines.list).hasSize(1);
        assertThat(lines.list.get(0).getLevel()).isEqualTo(Level.WARN);
        assertThat(lines.list.get(0).getFormattedMessage())
                .isEqualTo("skippy.shield: CallOptions.outcomes gave null for java.io.IOException,"
                        + " which counts for nothing; this is said once");
    }

    @Test
    @SuppressWarnings("NullAway") // What it is about.
    void aReaderThatIsNullIsRefused() {
        assertThatThrownBy(() -> CallOptions.DEFAULT.outcomes(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("outcomes");
    }

    @Test
    void aBalancerThatFailsLeavesNoCallThatNeverEnds() {
        ServiceHandle skippy = skippy();
        balancerFails = true;
        assertThat(failure(skippy.callAsync(CallOptions.DEFAULT, endpoint -> CompletableFuture.completedFuture(1))))
                .hasMessage("a bug of the balancer");
        assertThat(failure(skippy.callAsync(
                        CallOptions.DEFAULT, endpoint -> CompletableFuture.failedFuture(new IOException("boom")))))
                .hasMessage("a bug of the balancer");
        assertThat(skippy.stats().inFlight()).isZero();
        balancerFails = false;
    }

    /** A hedge is begun by another thread, which hands out its future before it hangs the end of the attempt on it. */
    private static void awaitRegistered(CompletableFuture<?> attempt) {
        await("its end is heard of", () -> attempt.getNumberOfDependents() > 0);
    }

    @Test
    void aFailureThatIsAnAnswerIsNotHeldBackForAHedge() throws Exception {
        ServiceHandle skippy = skippy();
        BlockingQueue<CompletableFuture<String>> attempts = new LinkedBlockingQueue<>();
        CallOptions hedged = CallOptions.DEFAULT.idempotent().hedged(Hedging.after(Duration.ofSeconds(1)));
        CompletableFuture<String> result = skippy.callAsync(hedged, endpoint -> {
            CompletableFuture<String> answer = new CompletableFuture<>();
            attempts.add(answer);
            return answer;
        });
        CompletableFuture<String> first = attempts.poll(30, TimeUnit.SECONDS);
        time.advance(Duration.ofSeconds(1));
        CompletableFuture<String> second = attempts.poll(30, TimeUnit.SECONDS);
        awaitRegistered(second);
        SQLException duplicate = new SQLException("duplicate key", "23505");
        first.completeExceptionally(duplicate);
        assertThat(failure(result)).isSameAs(duplicate);
        assertThat(second).isCancelled();
        assertThat(skippy.stats().inFlight()).isZero();
    }

    @Test
    void aCallThatIsInterruptedWhileItWaitsEnds() {
        Thread.currentThread().interrupt();
        ServiceHandle nobody = resolver.service("nobody");
        assertThatThrownBy(() -> nobody.call(endpoint -> "called")).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        IOException boom = new IOException("boom");
        ServiceHandle skippy = skippy();
        assertThatThrownBy(() -> skippy.call(CallOptions.DEFAULT.idempotent(), endpoint -> {
                    Thread.currentThread().interrupt();
                    throw boom;
                }))
                .isSameAs(boom);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(boom.getSuppressed()).hasOnlyElementsOfType(CancellationException.class);
        assertThat(skippy.stats().inFlight()).isZero();
    }

    @Test
    void aLeaseThatIsToldOfAFailureTellsWhatItSays() {
        ServiceHandle skippy = skippy();
        Lease lease = skippy.acquire();
        lease.failure(new IllegalStateException(new ConnectException("refused")));
        lease.close();
        assertThat(skippy.stats().completed(Outcome.CONNECT_FAILED)).isEqualTo(1);
        assertThat(skippy.stats().inFlight()).isZero();
    }

    @Test
    @SuppressWarnings("NullAway") // What it is about.
    void aLeaseThatIsToldNothingIsStillToBeEnded() {
        ServiceHandle skippy = skippy();
        Lease lease = skippy.acquire();
        assertThatThrownBy(() -> lease.complete(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("outcome: null (expected: one of Outcome)");
        assertThat(skippy.stats().inFlight()).isEqualTo(1);
        String where = lease.endpoint().toString();
        assertThat(lease).hasToString(where + ": in flight");
        lease.close();
        assertThat(lease).hasToString(where + ": ended");
        assertThat(skippy.stats().inFlight()).isZero();
        assertThat(skippy.stats().completed(Outcome.UNREPORTED)).isEqualTo(1);
    }
}
