package io.serviceresolver;

import static io.serviceresolver.Pods.pod;
import static io.serviceresolver.Pods.pods;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.serviceresolver.call.CallOptions;
import io.serviceresolver.call.EndpointCall;
import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.endpoint.Endpoint;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which calls are made again, where, how often, and what that does to a service. */
class RetryTest extends EngineTest {

    private static final CallOptions IDEMPOTENT = CallOptions.DEFAULT.idempotent();

    private final List<Endpoint> tried = new ArrayList<>();

    @Override
    ServiceResolverBuilder configure(ServiceResolverBuilder builder) {
        return builder.retries(RetryPolicy.standard().withBackoff(Duration.ZERO, Duration.ofMillis(250)));
    }

    private ServiceHandle skippy(int pods) {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pods(pods)));
        return skippy;
    }

    /** A call that fails the first times. */
    private EndpointCall<String, IOException> failing(int times, IOException failure) {
        return endpoint -> {
            tried.add(endpoint);
            if (tried.size() <= times) {
                throw failure;
            }
            return "ok";
        };
    }

    @Test
    void triesAnotherEndpointWhereNoConnectionCameAbout() throws Exception {
        ServiceHandle skippy = skippy(3);
        assertThat(skippy.call(failing(2, new ConnectException("refused")))).isEqualTo("ok");
        assertThat(tried).containsExactlyInAnyOrder(pods(3));
        assertThat(skippy.stats().completed(Outcome.CONNECT_FAILED)).isEqualTo(2);
        assertThat(skippy.stats().completed(Outcome.SUCCESS)).isEqualTo(1);
        assertThat(skippy.stats().inFlight()).isZero();
        assertThat(skippy.stats().retries()).isEqualTo(2);
    }

    @Test
    void triesEachEndpointOnce() {
        ServiceHandle skippy = skippy(2);
        ConnectException refused = new ConnectException("refused");
        assertThatThrownBy(() -> skippy.call(failing(9, refused))).isSameAs(refused);
        assertThat(tried).containsExactlyInAnyOrder(pods(2));
    }

    @Test
    void passesOverThoseWhoseLastCallFailedThoughNobodyHasJudgedThemYet() throws Exception {
        ServiceHandle skippy = skippy(10);
        List<Lease> leases = Stream.generate(skippy::acquire).limit(10).toList();
        // As long as the event loop does nothing, all are chosen from.
        leases.stream().limit(8).forEach(lease -> lease.failure(new ConnectException("refused")));
        List<Endpoint> working = leases.stream().skip(8).map(Lease::endpoint).toList();
        assertThat(skippy.call(IDEMPOTENT, failing(1, new IOException("reset"))))
                .isEqualTo("ok");
        assertThat(tried).hasSize(2).last().isIn(working);
    }

    @Test
    void triesThoseThatFailedWhereThereAreNoOthers() throws Exception {
        ServiceHandle skippy = skippy(3);
        List<Lease> leases = Stream.generate(skippy::acquire).limit(3).toList();
        leases.forEach(lease -> lease.failure(new ConnectException("refused")));
        assertThat(skippy.call(IDEMPOTENT, failing(2, new IOException("reset"))))
                .isEqualTo("ok");
        assertThat(tried).containsExactlyInAnyOrder(pods(3));
    }

    @Test
    void makesNoMoreAttemptsThanThePolicyAllows() {
        ServiceHandle skippy = skippy(9);
        assertThatThrownBy(() -> skippy.call(failing(9, new ConnectException("refused"))))
                .isInstanceOf(ConnectException.class);
        assertThat(tried).hasSize(4).doesNotHaveDuplicates();
    }

    @Test
    void makesACallThatMayHaveHadAnEffectOnceUnlessItIsIdempotent() throws Exception {
        ServiceHandle skippy = skippy(3);
        IOException reset = new IOException("connection reset");
        assertThatThrownBy(() -> skippy.call(failing(1, reset))).isSameAs(reset);
        assertThat(tried).hasSize(1);
        tried.clear();
        assertThat(skippy.call(IDEMPOTENT, failing(1, reset))).isEqualTo("ok");
        assertThat(tried).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void doesNotRepeatACallWhoseOwnCodeFailed() {
        ServiceHandle skippy = skippy(3);
        IllegalStateException bug = new IllegalStateException("a bug");
        EndpointCall<String, RuntimeException> call = endpoint -> {
            tried.add(endpoint);
            throw bug;
        };
        assertThatThrownBy(() -> skippy.call(IDEMPOTENT, call)).isSameAs(bug);
        assertThat(tried).hasSize(1);
        assertThat(skippy.stats().completed(Outcome.UNREPORTED)).isEqualTo(1);
    }

    @Test
    void endsTheLeaseOfACallThatFailsWithAnError() {
        ServiceHandle skippy = skippy(1);
        EndpointCall<String, RuntimeException> call = endpoint -> {
            throw new AssertionError("worse than a bug");
        };
        assertThat(catchThrowable(() -> skippy.call(call))).hasMessage("worse than a bug");
        assertThat(skippy.stats().inFlight()).isZero();
    }

    @Test
    void letsTheCallerTellWhatAFailureSays() throws Exception {
        ServiceHandle skippy = skippy(2);
        CallOptions options = CallOptions.DEFAULT.outcomes(failure -> Outcome.CONNECT_FAILED);
        EndpointCall<String, RuntimeException> call = endpoint -> {
            tried.add(endpoint);
            if (tried.size() == 1) {
                throw new IllegalStateException("08001");
            }
            return "ok";
        };
        assertThat(skippy.call(options, call)).isEqualTo("ok");
        CallOptions broken = IDEMPOTENT.outcomes(failure -> {
            throw new IllegalArgumentException("cannot tell");
        });
        IOException reset = new IOException("reset");
        tried.clear();
        assertThatThrownBy(() -> skippy.call(broken, failing(1, reset))).isSameAs(reset);
        assertThat(skippy.stats().inFlight()).isZero();
    }

    @Test
    void hardlyTroublesAServiceWhereEveryCallFails() {
        ServiceHandle skippy = skippy(10);
        assertThat(attemptsAtCallsThatFail(skippy)).isEqualTo(1_010);
        assertThat(skippy.stats().retries()).isEqualTo(10);
        assertThat(skippy.stats().retriesRefused()).isEqualTo(997);
    }

    /** Over the 1,000 calls after a good time it is 1.1 attempts for a call, and one from then on. */
    @Test
    void troublesAServiceThatFailsAfterAGoodTimeNoMoreThanTheBudgetHolds() throws Exception {
        ServiceHandle skippy = skippy(10);
        for (int i = 0; i < 10_000; i++) {
            skippy.call(IDEMPOTENT, endpoint -> "ok");
        }
        assertThat(attemptsAtCallsThatFail(skippy)).isEqualTo(1_100);
        assertThat(attemptsAtCallsThatFail(skippy)).isEqualTo(1_000);
    }

    /** Makes 1,000 calls: how many attempts there were. */
    private int attemptsAtCallsThatFail(ServiceHandle skippy) {
        tried.clear();
        for (int i = 0; i < 1_000; i++) {
            assertThatThrownBy(() -> skippy.call(IDEMPOTENT, failing(Integer.MAX_VALUE, new IOException("503"))))
                    .isInstanceOf(IOException.class);
        }
        return tried.size();
    }

    @Test
    void helpsEveryCallWhereOneEndpointOfTenFails() throws Exception {
        ServiceHandle skippy = skippy(10);
        int calls = 10_000;
        for (int i = 0; i < calls; i++) {
            skippy.call(IDEMPOTENT, endpoint -> {
                tried.add(endpoint);
                if (endpoint.equals(pod(1))) {
                    throw new IOException("reset");
                }
                return "ok";
            });
        }
        assertThat(tried.size()).isLessThanOrEqualTo(calls * 11 / 10 + 1);
        assertThat(new HashSet<>(tried)).hasSize(10);
    }

    @Test
    void doesNotTryAgainWhenTimeIsOver() {
        ServiceHandle skippy = skippy(3);
        EndpointCall<String, ConnectException> slow = endpoint -> {
            tried.add(endpoint);
            time.advance(Duration.ofMillis(600));
            throw new ConnectException("timed out");
        };
        assertThatThrownBy(() -> skippy.call(CallOptions.DEFAULT.timeout(Duration.ofSeconds(1)), slow))
                .isInstanceOf(ConnectException.class);
        assertThat(tried).hasSize(2);
    }

    @Test
    void leavesAServerAloneThatAsksForIt() {
        ServiceHandle skippy = skippy(3);
        var attempts = skippy.attempts(IDEMPOTENT);
        attempts.acquire().complete(Outcome.SERVER_ERROR);
        assertThat(attempts.next(Outcome.SERVER_ERROR, Duration.ofMillis(200))).contains(Duration.ofMillis(200));
        attempts.acquire().complete(Outcome.SERVER_ERROR);
        assertThat(attempts.next(Outcome.SERVER_ERROR, Duration.ofSeconds(5))).isEmpty();
        assertThat(attempts.remaining()).isEqualTo(Optional.empty());
    }

    @Test
    void waitsForAnEndpointNoLongerThanTheCallMayTake() {
        ServiceHandle skippy = follow("skippy");
        int timers = time.pending();
        Duration second = Duration.ofSeconds(1);
        CompletableFuture<String> call = CompletableFuture.supplyAsync(
                () -> skippy.call(CallOptions.DEFAULT.timeout(second), endpoint -> "called"));
        while (time.pending() == timers) {
            time.runDue();
        }
        time.advance(second.minusMillis(1));
        assertThat(isWaitedFor(skippy)).isTrue();
        time.advance(Duration.ofMillis(1));
        assertThat(failure(call)).isInstanceOf(NoEndpointsException.class);
    }
}
