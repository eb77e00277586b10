package io.serviceresolver;

import static io.serviceresolver.Pods.pods;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.call.CallOptions;
import io.serviceresolver.call.Hedging;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.endpoint.Endpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Asynchronous calls by any client that are made a second time while they go on, and attempts that take too long. */
class HedgeTest extends EngineTest {

    private static final Duration DELAY = Duration.ofSeconds(1);
    private static final CallOptions HEDGED = CallOptions.DEFAULT.idempotent().hedged(Hedging.after(DELAY));

    /** The attempts that were begun. */
    private final BlockingQueue<Attempt> attempts = new LinkedBlockingQueue<>();

    private record Attempt(Endpoint endpoint, CompletableFuture<String> answer) {}

    @Override
    ServiceResolverBuilder configure(ServiceResolverBuilder builder) {
        return builder.retries(RetryPolicy.standard().withBackoff(Duration.ZERO, Duration.ZERO));
    }

    private ServiceHandle skippy() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pods(3)));
        return skippy;
    }

    private CompletableFuture<String> call(Endpoint endpoint) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        attempts.add(new Attempt(endpoint, answer));
        return answer;
    }

    private Attempt next() throws InterruptedException {
        Attempt next = attempts.poll(30, TimeUnit.SECONDS);
        assertThat(next).as("another attempt").isNotNull();
        return next;
    }

    private static void awaitInFlight(ServiceHandle skippy, int most) {
        await("calls end", () -> skippy.stats().inFlight() <= most);
    }

    /** An attempt may have failed before the thread that began it looks at it. */
    private static void assertOutcomes(ServiceHandle skippy, Outcome... outcomes) {
        awaitInFlight(skippy, 0);
        assertThat(skippy.stats().inFlight()).isZero();
        for (Outcome outcome : Outcome.values()) {
            long expected =
                    java.util.Arrays.stream(outcomes).filter(outcome::equals).count();
            assertThat(skippy.stats().completed(outcome)).as(outcome.toString()).isEqualTo(expected);
        }
    }

    @Test
    void theFirstOfTwoAttemptsThatGoesWellWinsAndTheOtherIsCancelled() throws Exception {
        ServiceHandle skippy = skippy();
        CompletableFuture<String> result = skippy.callAsync(HEDGED, this::call);
        Attempt first = next();
        time.advance(DELAY);
        Attempt second = next();
        assertThat(second.endpoint()).isNotEqualTo(first.endpoint());
        assertThat(skippy.stats().inFlight()).isEqualTo(2);
        second.answer().complete("second");
        assertThat(get(result)).isEqualTo("second");
        assertThat(first.answer().isCancelled()).isTrue();
        assertOutcomes(skippy, Outcome.CANCELLED, Outcome.SUCCESS);
        assertThat(skippy.stats().hedges()).isEqualTo(1);
    }

    @Test
    void whoeverHasTheResultFindsNothingInFlight() throws Exception {
        ServiceHandle skippy = skippy();
        CompletableFuture<String> result = skippy.callAsync(HEDGED, this::call);
        next();
        time.advance(DELAY);
        Attempt second = next();
        awaitInFlight(skippy, 2);
        CompletableFuture<Integer> inFlight =
                result.handle((value, failure) -> skippy.stats().inFlight());
        second.answer().complete("second");
        assertThat(inFlight.get(30, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void aFailureLeavesTheCallToTheOtherAttempt() throws Exception {
        ServiceHandle skippy = skippy();
        CompletableFuture<String> result = skippy.callAsync(HEDGED, this::call);
        Attempt first = next();
        time.advance(DELAY);
        Attempt second = next();
        second.answer().completeExceptionally(new IOException("reset"));
        awaitInFlight(skippy, 1);
        assertThat(result).isNotDone();
        assertThat(attempts).isEmpty();
        first.answer().complete("first");
        assertThat(get(result)).isEqualTo("first");
        assertOutcomes(skippy, Outcome.IO_ERROR, Outcome.SUCCESS);
    }

    @Test
    void whereBothFailTheThirdEndpointIsTried() throws Exception {
        ServiceHandle skippy = skippy();
        CompletableFuture<String> result = skippy.callAsync(HEDGED, this::call);
        Attempt first = next();
        time.advance(DELAY);
        Attempt second = next();
        second.answer().completeExceptionally(new IOException("reset"));
        awaitInFlight(skippy, 1);
        first.answer().completeExceptionally(new IOException("reset"));
        Attempt third = next();
        assertThat(third.endpoint()).isNotEqualTo(first.endpoint()).isNotEqualTo(second.endpoint());
        third.answer().complete("third");
        assertThat(get(result)).isEqualTo("third");
    }

    @Test
    void aFailureThatIsTheCallersOwnEndsBoth() throws Exception {
        ServiceHandle skippy = skippy();
        CompletableFuture<String> result = skippy.callAsync(HEDGED, this::call);
        Attempt first = next();
        time.advance(DELAY);
        Attempt second = next();
        second.answer().completeExceptionally(new IllegalStateException("a bug"));
        assertThat(failure(result)).hasMessage("a bug");
        assertThat(first.answer().isCancelled()).isTrue();
        assertOutcomes(skippy, Outcome.CANCELLED, Outcome.UNREPORTED);
    }

    @Test
    void aCallThatMayNotBeRepeatedOrWaitsForItsNextAttemptIsNotHedged() throws Exception {
        ServiceHandle skippy = skippy();
        CompletableFuture<String> once = skippy.callAsync(CallOptions.DEFAULT.hedged(Hedging.after(DELAY)), this::call);
        Attempt only = next();
        time.advance(DELAY);
        assertThat(skippy.stats().hedges()).isZero();
        only.answer().complete("only");
        assertThat(get(once)).isEqualTo("only");
    }

    @Test
    void waitsForLongerThanMostCallsTakeOnceThatIsKnown() throws Exception {
        ServiceHandle skippy = skippy();
        CallOptions options = CallOptions.DEFAULT.idempotent().hedged(Hedging.afterMost(0.9, Duration.ofMillis(1)));
        for (int i = 0; i < 100; i++) {
            CompletableFuture<String> result = skippy.callAsync(options, this::call);
            Attempt attempt = next();
            time.advance(Duration.ofMillis(i < 95 ? 10 : 500));
            attempt.answer().complete("ok");
            get(result);
        }
        assertThat(skippy.stats().hedges()).isZero();
        CompletableFuture<String> result = skippy.callAsync(options, this::call);
        Attempt slow = next();
        time.advance(Duration.ofMillis(9));
        assertThat(skippy.stats().hedges()).isZero();
        time.advance(Duration.ofMillis(3));
        next().answer().complete("hedge");
        assertThat(get(result)).isEqualTo("hedge");
        assertThat(slow.answer().isCancelled()).isTrue();
    }

    @Test
    void anAttemptThatTakesTooLongIsCancelledAndMadeAgain() throws Exception {
        ServiceHandle skippy = skippy();
        CompletableFuture<String> result =
                skippy.callAsync(CallOptions.DEFAULT.idempotent().attemptTimeout(DELAY), this::call);
        Attempt first = next();
        time.advance(DELAY);
        Attempt second = next();
        assertThat(first.answer().isCancelled()).isTrue();
        second.answer().complete("second");
        assertThat(get(result)).isEqualTo("second");
        assertOutcomes(skippy, Outcome.TIMEOUT, Outcome.SUCCESS);
    }

    @Test
    void aCallThatMayNotBeRepeatedFailsWithItsAttempt() throws Exception {
        ServiceHandle skippy = skippy();
        CompletableFuture<String> result = skippy.callAsync(CallOptions.DEFAULT.attemptTimeout(DELAY), this::call);
        next();
        time.advance(DELAY);
        assertThat(failure(result))
                .isInstanceOf(TimeoutException.class)
                .hasMessage("skippy.shield: an attempt had no result within 1000 ms");
        assertOutcomes(skippy, Outcome.TIMEOUT);
    }

    @Test
    void refusesBadValues() {
        assertThatThrownBy(() -> Hedging.after(Duration.ZERO)).hasMessage("delay: PT0S (expected: more than zero)");
        assertThatThrownBy(() -> Hedging.afterMost(0.3, DELAY)).hasMessageContaining("0.5 to 0.999");
        assertThatThrownBy(() -> Hedging.afterMost(0, DELAY)).hasMessageContaining("0.5 to 0.999");
        assertThatThrownBy(() -> CallOptions.DEFAULT.attemptTimeout(DELAY.negated()))
                .hasMessageContaining("attemptTimeout");
    }
}
