package io.serviceresolver;

import static io.serviceresolver.Pods.pod;
import static io.serviceresolver.Pods.pods;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.call.CallOptions;
import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.routing.PanicPolicy;
import io.serviceresolver.routing.RoutingPolicy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Those who wait for an endpoint. Calls fail where too few are healthy. */
class WaitTest extends EngineTest {

    @Override
    ServiceResolverBuilder configure(ServiceResolverBuilder builder) {
        return builder.routing(RoutingPolicy.standard().withPanic(PanicPolicy.failBelow(0.9)));
    }

    @Test
    void holdUpNobodyElseWhateverTheyDoThen() throws Exception {
        ServiceHandle skippy = follow("skippy");
        CompletableFuture<Endpoint> second = new CompletableFuture<>();
        CompletableFuture<Endpoint> first = skippy.resolveAsync().thenApply(given -> second.join());
        skippy.resolveAsync().thenAccept(second::complete);
        time.runDue();
        say(() -> source.found(pod(1)));
        assertThat(get(first)).isEqualTo(pod(1));
    }

    @Test
    void waitForTheFirstAnswerNoLongerThanItMayTakeWheneverTheyBegan() {
        ServiceHandle skippy = follow("skippy");
        time.advance(Duration.ofMillis(2900));
        CompletableFuture<Endpoint> late = skippy.resolveAsync();
        time.advance(Duration.ofMillis(99));
        assertThat(isWaitedFor(skippy)).isTrue();
        time.advance(Duration.ofMillis(1));
        assertThat(failure(late)).isInstanceOf(NoEndpointsException.class);
        assertThat(time.nanoTime()).isEqualTo(Duration.ofSeconds(3).toNanos());
    }

    @Test
    void leaveNothingBehindWhenTheyGiveUp() {
        ServiceHandle skippy = follow("skippy");
        int before = time.pending();
        CompletableFuture<Lease> lease = skippy.acquireAsync();
        CompletableFuture<String> call =
                skippy.callAsync(CallOptions.DEFAULT, one -> CompletableFuture.completedFuture("x"));
        time.runDue();
        assertThat(time.pending()).isEqualTo(before + 2);
        lease.cancel(false);
        call.cancel(false);
        time.runDue();
        assertThat(time.pending()).isEqualTo(before);
        say(() -> source.found(pod(1)));
        assertThat(skippy.stats().inFlight()).isZero();
    }

    @Test
    void goOnWhenOneIsHealthyAgain() throws Exception {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pods(2)));
        skippy.acquire().complete(Outcome.CONNECT_FAILED);
        time.runDue();
        assertThat(skippy.stats().pickable()).isZero();
        CompletableFuture<Void> ready = skippy.awaitReadyAsync(Duration.ofMinutes(5));
        time.runDue();
        assertThat(ready).isNotDone();
        time.advance(Duration.ofSeconds(3));
        get(ready);
    }
}
