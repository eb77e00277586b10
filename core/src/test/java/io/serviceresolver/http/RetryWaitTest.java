package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.testkit.PodServer;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A call that waits for its next attempt, for an hour, as its Pods ask for. */
class RetryWaitTest {

    private final List<PodServer> pods = PodServer.fleet(2, 0);
    private final Skippy skippy = Skippy.retrying(
            RetryPolicy.standard().withBackoff(Duration.ZERO, Duration.ofHours(1)),
            Skippy.client(Version.HTTP_1_1),
            Skippy.endpoints(pods));

    @BeforeEach
    void askForAnHour() {
        pods.forEach(pod -> pod.handler(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "3600");
            exchange.sendResponseHeaders(503, -1);
        }));
    }

    @AfterEach
    void stop() {
        assertThat(pods.stream().mapToLong(PodServer::calls).sum()).isEqualTo(1);
        skippy.close();
        pods.forEach(PodServer::close);
    }

    private void awaitTheWait() {
        Skippy.await("the wait begins", () -> skippy.stats().retries() == 1);
        skippy.awaitEnded(Outcome.SERVER_ERROR);
    }

    static Stream<Function<CompletableFuture<?>, CompletableFuture<?>>> derived() {
        return CancelTest.derived();
    }

    @ParameterizedTest
    @MethodSource("derived")
    void cancelEndsIt(Function<CompletableFuture<?>, CompletableFuture<?>> derive) {
        CompletableFuture<HttpResponse<String>> future = skippy.client.sendAsync(Skippy.get(), ofString());
        CompletableFuture<?> derived = derive.apply(future);
        awaitTheWait();
        assertThat(future).isNotDone();
        assertThat(derived.cancel(true)).isTrue();
        assertThatThrownBy(() -> future.get(30, SECONDS)).isInstanceOf(CancellationException.class);
        skippy.assertEnded(Outcome.SERVER_ERROR);
    }

    @Test
    void aTimeoutOfTheFutureEndsIt() {
        CompletableFuture<HttpResponse<String>> future = skippy.client.sendAsync(Skippy.get(), ofString());
        awaitTheWait();
        assertThatThrownBy(() -> future.orTimeout(1, TimeUnit.NANOSECONDS).get(30, SECONDS))
                .hasCauseInstanceOf(TimeoutException.class);
        skippy.assertEnded(Outcome.SERVER_ERROR);
    }

    @Test
    void interruptionEndsIt() throws Exception {
        Interrupted caller = new Interrupted(() -> skippy.client.send(Skippy.get(), ofString()));
        awaitTheWait();
        assertThat(caller.interrupt()).isInstanceOf(InterruptedException.class);
        skippy.assertEnded(Outcome.SERVER_ERROR);
    }

    @ParameterizedTest
    @EnumSource
    void theEndOfTheResolverEndsIt(Way way) {
        CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> {
            try {
                awaitTheWait();
            } finally {
                skippy.resolver.close();
            }
        });
        assertThatThrownBy(() -> way.call(skippy.client, Skippy.get(), ofString()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        closed.join();
    }
}
