package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.ofInputStream;
import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.NoEndpointsException;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.testkit.PodServer;
import io.serviceresolver.testkit.PodSocket;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of an asynchronous call that nobody wants any more. */
class CancelTest {

    private static final String HALF = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf";

    static Stream<Function<CompletableFuture<?>, CompletableFuture<?>>> derived() {
        return Stream.of(
                future -> future,
                future -> future.thenApply(response -> response),
                future -> future.thenApply(response -> response).thenAccept(response -> {}),
                future -> future.whenComplete((response, failure) -> {}),
                CompletableFuture::copy);
    }

    @ParameterizedTest
    @MethodSource("derived")
    void cancelEndsTheExchangeOnTheWire(Function<CompletableFuture<?>, CompletableFuture<?>> derive) {
        for (String answer : new String[] {"", "HTTP/1.1 200", HALF}) {
            try (PodSocket pod = PodSocket.start("127.0.1.9", 0, PodSocket.stallingAfter(answer));
                    Skippy skippy = Skippy.at(pod)) {
                CompletableFuture<HttpResponse<String>> future = skippy.client.sendAsync(Skippy.get(), ofString());
                CompletableFuture<?> derived = derive.apply(future);
                pod.awaitConnections(1);
                assertThat(skippy.stats().inFlight()).isEqualTo(1);
                assertThat(derived.cancel(true)).isTrue();
                skippy.assertEnded(Outcome.CANCELLED);
                pod.awaitIdle();
                assertThatThrownBy(() -> future.get(30, SECONDS)).isInstanceOf(CancellationException.class);
                assertThat(future.isCancelled()).isTrue();
                skippy.assertEnded(Outcome.CANCELLED);
            }
        }
    }

    @Test
    void cancelWithoutInterruptionLetsTheExchangeGoOn() throws Exception {
        try (PodServer pod = PodServer.start("pod-1", "127.0.1.1", 0).hold();
                Skippy skippy = Skippy.at(pod)) {
            CompletableFuture<HttpResponse<String>> future = skippy.client.sendAsync(Skippy.get(), ofString());
            pod.awaitCalls(1);
            assertThat(future.cancel(false)).isTrue();
            assertThat(skippy.stats().inFlight()).isEqualTo(1);
            pod.release();
            skippy.awaitEnded(Outcome.SUCCESS);
        }
    }

    /** Nobody can get the body any more; what is not read would keep the connection for ever. */
    @Test
    void aBodyThatComesAfterCancellationIsDropped() {
        CountDownLatch answer = new CountDownLatch(1);
        try (PodSocket pod = PodSocket.start("127.0.1.9", 0, connection -> {
                    connection.readRequest();
                    await(answer);
                    connection.write(HALF);
                    connection.readToEnd();
                });
                Skippy skippy = Skippy.at(pod)) {
            CompletableFuture<HttpResponse<InputStream>> future =
                    skippy.client.sendAsync(Skippy.get(), ofInputStream());
            pod.awaitConnections(1);
            future.cancel(false);
            assertThat(skippy.stats().inFlight()).isEqualTo(1);
            answer.countDown();
            skippy.awaitEnded(Outcome.CANCELLED);
            pod.awaitIdle();
        }
    }

    @Test
    void cancelOfACallThatIsOverHasNoEffect() throws Exception {
        try (PodServer pod = PodServer.start("pod-1", "127.0.1.1", 0);
                Skippy skippy = Skippy.at(pod)) {
            CompletableFuture<HttpResponse<String>> future = skippy.client.sendAsync(Skippy.get(), ofString());
            assertThat(future.get(30, SECONDS).body()).isEqualTo("pod-1");
            assertThat(future.cancel(true)).isFalse();
            skippy.assertEnded(Outcome.SUCCESS);
        }
    }

    @Test
    void waitsForAnEndpointWithoutBlocking() throws Exception {
        try (PodServer pod = PodServer.start("pod-1", "127.0.1.1", 0);
                Skippy skippy = unknown()) {
            CompletableFuture<HttpResponse<String>> future = skippy.client.sendAsync(Skippy.get(), ofString());
            assertThat(future).isNotDone();
            skippy.source.set("skippy", Endpoint.of(pod.address(), pod.port()));
            assertThat(future.get(30, SECONDS).body()).isEqualTo("pod-1");
            skippy.assertEnded(Outcome.SUCCESS);
        }
    }

    @ParameterizedTest
    @MethodSource("derived")
    void cancelWhileItWaitsForAnEndpointSendsNothing(Function<CompletableFuture<?>, CompletableFuture<?>> derive) {
        try (PodServer pod = PodServer.start("pod-1", "127.0.1.1", 0);
                Skippy skippy = unknown()) {
            CompletableFuture<?> future = skippy.client.sendAsync(Skippy.get(), ofString());
            assertThat(derive.apply(future).cancel(true)).isTrue();
            skippy.source.set("skippy", Endpoint.of(pod.address(), pod.port()));
            skippy.awaitEnded(Outcome.CANCELLED);
            assertThatThrownBy(() -> future.get(30, SECONDS)).isInstanceOf(CancellationException.class);
            assertThat(pod.calls()).isZero();
        }
    }

    @Test
    void failsWhenThereTurnsOutToBeNoEndpoint() {
        try (Skippy skippy = unknown()) {
            CompletableFuture<?> future = skippy.client.sendAsync(Skippy.get(), ofString());
            assertThat(future).isNotDone();
            skippy.source.set("skippy");
            assertThatThrownBy(() -> future.get(30, SECONDS))
                    .cause()
                    .isInstanceOf(ConnectException.class)
                    .hasCauseInstanceOf(NoEndpointsException.class);
        }
    }

    @Test
    void failsWhenTheResolverIsClosedWhileItWaits() {
        try (Skippy skippy = unknown()) {
            CompletableFuture<?> future = skippy.client.sendAsync(Skippy.get(), ofString());
            assertThat(future).isNotDone();
            skippy.resolver.close();
            assertThatThrownBy(() -> future.get(30, SECONDS)).hasCauseInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void interruptionWhileItWaitsForAnEndpointEndsASynchronousCall() throws Exception {
        try (Skippy skippy = unknown()) {
            Interrupted caller = new Interrupted(() -> skippy.client.send(Skippy.get(), ofString()));
            assertThat(caller.interrupt()).isInstanceOf(InterruptedException.class);
            skippy.assertEnded();
        }
    }

    /** No source can tell yet where the service is. */
    private static Skippy unknown() {
        Skippy skippy = new Skippy(Version.HTTP_1_1);
        skippy.source.unavailable("skippy", "not yet");
        return skippy;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
