package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.ofInputStream;
import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.testkit.PodSocket;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A call that its caller has given up is not in flight, whatever becomes of the exchange beneath. */
class GivenUpTest {

    private static Arguments way(
            String name, Outcome outcome, Consumer<CompletableFuture<HttpResponse<String>>> giveUp) {
        return Arguments.of(name, outcome, giveUp);
    }

    static Stream<Arguments> ways() {
        return Stream.of(
                way("cancel", Outcome.CANCELLED, future -> future.cancel(true)),
                way(
                        "derived",
                        Outcome.CANCELLED,
                        future -> future.thenApply(HttpResponse::body).cancel(true)),
                way("orTimeout", Outcome.TIMEOUT, future -> future.orTimeout(1, TimeUnit.NANOSECONDS)),
                way("timed out", Outcome.TIMEOUT, future -> future.completeExceptionally(new TimeoutException())),
                way("failed", Outcome.CANCELLED, future -> future.completeExceptionally(new IllegalStateException())),
                way("other value", Outcome.CANCELLED, future -> future.complete(null)));
    }

    /** The client's own future need not complete: not after a subscriber cancelled, nor, on Java 17, wherever HTTP/2 breaks. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void endsThoughTheExchangeNeverDoes(
            String name, Outcome outcome, Consumer<CompletableFuture<HttpResponse<String>>> giveUp) {
        try (Skippy skippy = new Skippy(new RecordingClient(), Endpoint.of("127.0.1.9", 80))) {
            CompletableFuture<HttpResponse<String>> future = skippy.client.sendAsync(Skippy.get(), ofString());
            assertThat(skippy.stats().inFlight()).isEqualTo(1);
            giveUp.accept(future);
            skippy.awaitEnded(outcome);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void endsTheExchangeOnTheWire(
            String name, Outcome outcome, Consumer<CompletableFuture<HttpResponse<String>>> giveUp) {
        try (PodSocket pod = PodSocket.start("127.0.1.9", 0, PodSocket.stallingAfter("HTTP/1.1 200"));
                Skippy skippy = Skippy.at(pod)) {
            CompletableFuture<HttpResponse<String>> future = skippy.client.sendAsync(Skippy.get(), ofString());
            pod.awaitConnections(1);
            giveUp.accept(future);
            skippy.awaitEnded(outcome);
            pod.awaitIdle();
        }
    }

    @Test
    void leavesNoConnectionWhereTheHeadIsReadAtThatMoment() {
        try (PodSocket pod = PodSocket.start(
                        "127.0.1.9", 0, PodSocket.stallingAfter("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"));
                Skippy skippy = Skippy.at(pod)) {
            CompletableFuture<CompletableFuture<?>> call = new CompletableFuture<>();
            call.complete(skippy.client.sendAsync(Skippy.get(), head -> {
                call.join().cancel(true);
                return BodySubscribers.ofInputStream();
            }));
            skippy.awaitEnded(Outcome.CANCELLED);
            pod.awaitIdle();
        }
    }

    @Test
    void tooLateTheBodyIsTheCallersToClose() throws Exception {
        try (PodSocket pod = PodSocket.start(
                        "127.0.1.9", 0, PodSocket.stallingAfter("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"));
                Skippy skippy = Skippy.at(pod)) {
            CompletableFuture<HttpResponse<InputStream>> future =
                    skippy.client.sendAsync(Skippy.get(), ofInputStream());
            HttpResponse<InputStream> response = future.get(30, TimeUnit.SECONDS);
            assertThat(future.completeExceptionally(new TimeoutException())).isFalse();
            assertThat(future.cancel(true)).isFalse();
            assertThat(skippy.stats().inFlight()).isEqualTo(1);
            response.body().close();
            skippy.awaitEnded(Outcome.CANCELLED);
            pod.awaitIdle();
        }
    }

    @Test
    void aRequestTimeoutEndsACallToAPodThatSaysNothing() throws Exception {
        try (PodSocket pod = PodSocket.start("127.0.1.9", 0, PodSocket.stallingAfter(""));
                Skippy skippy = Skippy.at(pod)) {
            var request = HttpRequest.newBuilder(Skippy.ROOT)
                    .timeout(Duration.ofMillis(50))
                    .build();
            CompletableFuture<?> call = skippy.client.sendAsync(request, ofString());
            Throwable timeout = catchThrowable(() -> call.get(30, TimeUnit.SECONDS));
            skippy.awaitEnded(Skippy.late(timeout.getCause()));
            pod.awaitIdle();
        }
    }
}
