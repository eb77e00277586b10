package io.serviceresolver;

import static io.serviceresolver.Pods.pods;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.call.CallOptions;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.endpoint.Endpoint;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Calls that are made again without blocking anybody. */
class AsyncRetryTest extends EngineTest {

    private static final CallOptions IDEMPOTENT = CallOptions.DEFAULT.idempotent();

    /** The attempts that were begun. */
    private final BlockingQueue<Attempt> attempts = new LinkedBlockingQueue<>();

    private record Attempt(Endpoint endpoint, CompletableFuture<String> answer) {}

    @Override
    ServiceResolverBuilder configure(ServiceResolverBuilder builder) {
        return builder.retries(RetryPolicy.standard().withBackoff(Duration.ofMillis(10), Duration.ofMillis(250)));
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

    @Test
    void triesAnotherEndpointAtOnceWhereNoConnectionCameAbout() throws Exception {
        ServiceHandle skippy = skippy();
        CompletableFuture<String> result = skippy.callAsync(CallOptions.DEFAULT, this::call);
        Attempt first = next();
        assertThat(skippy.stats().inFlight()).isEqualTo(1);
        first.answer().completeExceptionally(new ConnectException("refused"));
        Attempt second = next();
        assertThat(second.endpoint()).isNotEqualTo(first.endpoint());
        second.answer().complete("ok");
        assertThat(get(result)).isEqualTo("ok");
        assertThat(skippy.stats().inFlight()).isZero();
        assertThat(skippy.stats().completed(Outcome.CONNECT_FAILED)).isEqualTo(1);
        assertThat(skippy.stats().completed(Outcome.SUCCESS)).isEqualTo(1);
    }

    @Test
    void waitsBeforeItRepeatsACall() throws Exception {
        ServiceHandle skippy = skippy();
        CompletableFuture<String> result = skippy.callAsync(IDEMPOTENT, this::call);
        next().answer().completeExceptionally(new IOException("reset"));
        assertThat(attempts).isEmpty();
        time.advance(Duration.ofMillis(250));
        next().answer().complete("ok");
        assertThat(get(result)).isEqualTo("ok");
    }

    @Test
    void triesTheSameEndpointWhereAllOthersHaveLeftMeanwhile() throws Exception {
        ServiceHandle skippy = skippy();
        CompletableFuture<String> result = skippy.callAsync(IDEMPOTENT, this::call);
        Attempt first = next();
        first.answer().completeExceptionally(new IOException("reset"));
        say(() -> source.found(first.endpoint()));
        time.advance(Duration.ofMillis(250));
        Attempt second = next();
        assertThat(second.endpoint()).isEqualTo(first.endpoint());
        second.answer().complete("ok");
        assertThat(get(result)).isEqualTo("ok");
    }

    @Test
    void failsAsTheLastAttemptDid() throws Exception {
        ServiceHandle skippy = skippy();
        CompletableFuture<String> result = skippy.callAsync(CallOptions.DEFAULT, this::call);
        IOException reset = new IOException("reset");
        next().answer().completeExceptionally(reset);
        assertThat(failure(result)).isSameAs(reset);
    }

    @Test
    void failsWhereTheCallDoesNotEvenBegin() {
        ServiceHandle skippy = skippy();
        IllegalStateException bug = new IllegalStateException("a bug");
        CompletableFuture<String> result = skippy.callAsync(IDEMPOTENT, endpoint -> {
            throw bug;
        });
        assertThat(failure(result)).isSameAs(bug);
        assertThat(skippy.stats().inFlight()).isZero();
    }

    @Test
    void cancelsWhatIsUnderWay() throws Exception {
        ServiceHandle skippy = skippy();
        CompletableFuture<String> result = skippy.callAsync(IDEMPOTENT, this::call);
        next().answer().completeExceptionally(new ConnectException("refused"));
        Attempt second = next();
        result.cancel(false);
        assertThat(second.answer()).isCancelled();
        assertThat(skippy.stats().inFlight()).isZero();
        assertThat(skippy.stats().completed(Outcome.CANCELLED)).isEqualTo(1);
    }

    @Test
    void endsWhenTimeIsOverAndBlamesTheEndpoint() throws Exception {
        ServiceHandle skippy = skippy();
        CompletableFuture<String> result = skippy.callAsync(IDEMPOTENT.timeout(Duration.ofSeconds(1)), this::call);
        Attempt only = next();
        time.advance(Duration.ofSeconds(1));
        assertThat(failure(result))
                .isInstanceOf(TimeoutException.class)
                .hasMessage("skippy.shield: no result within 1000 ms");
        CompletableFuture<String> abandoned = only.answer();
        assertThat(abandoned).isCancelled();
        assertThat(skippy.stats().inFlight()).isZero();
        assertThat(skippy.stats().completed(Outcome.TIMEOUT)).isEqualTo(1);
    }

    /** What depends on a result is run in the opposite order of registration: what we registered ourselves comes last. */
    @Test
    void whoeverHasTheResultFindsNothingInFlight() throws Exception {
        ServiceHandle skippy = skippy();
        CompletableFuture<String> result = skippy.callAsync(IDEMPOTENT.timeout(Duration.ofSeconds(1)), this::call);
        Attempt only = next();
        CompletableFuture<Integer> inFlight =
                result.handle((value, failure) -> skippy.stats().inFlight());
        CompletableFuture<Boolean> cancelled =
                result.handle((value, failure) -> only.answer().isCancelled());
        time.advance(Duration.ofSeconds(1));
        assertThat(inFlight.get(30, TimeUnit.SECONDS)).isZero();
        assertThat(cancelled.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void doesNotBeginAnAttemptForACallThatWasCancelledInTheWait() throws Exception {
        ServiceHandle skippy = skippy();
        CompletableFuture<String> result = skippy.callAsync(IDEMPOTENT, this::call);
        next().answer().completeExceptionally(new IOException("reset"));
        result.cancel(false);
        time.advance(Duration.ofSeconds(1));
        assertThat(attempts).isEmpty();
        assertThat(skippy.stats().inFlight()).isZero();
    }

    @Test
    void failsWithTheReasonWhereThereIsNoEndpoint() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found());
        CompletableFuture<String> result = skippy.callAsync(IDEMPOTENT, this::call);
        assertThat(failure(result)).isInstanceOf(NoEndpointsException.class);
        assertThat(List.copyOf(attempts)).isEmpty();
    }
}
