package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.ofInputStream;
import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.testkit.PodServer;
import io.serviceresolver.testkit.PodSocket;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is done about attempts that break, and those that take too long. */
class BrokenAttemptTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";

    private final AtomicInteger connections = new AtomicInteger();

    /** Two Pods: the first connection to either goes wrong, all others are answered. */
    private void withTwoPods(PodSocket.Script first, CheckedUse use) throws Exception {
        PodSocket.Script script = connection -> {
            PodSocket.Script next = connections.incrementAndGet() == 1 ? first : PodSocket.stallingAfter(OK);
            next.play(connection);
        };
        try (PodSocket one = PodSocket.start("127.0.1.8", 0, script);
                PodSocket other = PodSocket.start("127.0.1.9", 0, script);
                Skippy skippy = Skippy.retrying(
                        HttpRetryTest.AT_ONCE,
                        Skippy.client(Version.HTTP_1_1),
                        Endpoint.of(one.address(), one.port()),
                        Endpoint.of(other.address(), other.port()))) {
            use.with(skippy);
            one.awaitIdle();
            other.awaitIdle();
        }
    }

    private static HttpRequest request(String method, BodyPublisher body) {
        return HttpRequest.newBuilder(Skippy.ROOT).method(method, body).build();
    }

    /** The client itself repeats a GET that breaks before the first byte: here it does not. */
    @ParameterizedTest
    @CsvSource({"SEND, GET", "SEND_ASYNC, GET", "SEND, DELETE", "SEND_ASYNC, PUT"})
    void aConnectionThatBreaksIsAnotherAttemptWhereThatDoesNoHarm(Way way, String method) throws Exception {
        withTwoPods(PodSocket.resettingAfter("HTTP/1.1 20"), skippy -> {
            HttpRequest request = request(method, BodyPublishers.noBody());
            assertThat(way.call(skippy.client, request, ofString()).body()).isEqualTo("ok");
            skippy.awaitEnded(Outcome.IO_ERROR, Outcome.SUCCESS);
            assertThat(connections).hasValue(2);
        });
    }

    @ParameterizedTest
    @EnumSource
    void itIsTheCallersToKnowWhereItMight(Way way) throws Exception {
        withTwoPods(PodSocket.resettingAfter("HTTP/1.1 20"), skippy -> {
            HttpRequest post = request("POST", BodyPublishers.noBody());
            assertThatThrownBy(() -> way.call(skippy.client, post, ofString())).isInstanceOf(IOException.class);
            skippy.awaitEnded(Outcome.IO_ERROR);
            assertThat(connections).hasValue(1);
        });
    }

    @ParameterizedTest
    @EnumSource
    void aBodyThatWasBegunIsNotSentAgain(Way way) throws Exception {
        OneTimeBody body = OneTimeBody.tooLong();
        withTwoPods(PodSocket.resettingAfter("HTTP/1.1 20"), skippy -> {
            assertThatThrownBy(() -> way.call(skippy.client, request("PUT", body), ofString()))
                    .isInstanceOf(IOException.class);
            skippy.awaitEnded(Outcome.IO_ERROR);
        });
        assertThat(body.subscriptions()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerOfWhichTheCallerMayHaveSeenSomethingIsTheCallers(Way way) throws Exception {
        String half = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf";
        withTwoPods(PodSocket.closingAfter(half), skippy -> {
            try (InputStream body =
                    way.call(skippy.client, Skippy.get(), ofInputStream()).body()) {
                assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
            }
            skippy.awaitEnded(Outcome.IO_ERROR);
            assertThat(connections).hasValue(1);
        });
    }

    @ParameterizedTest
    @EnumSource
    void nobodyWaitsForTheRestOfAnAnswerThatIsDropped(Way way) throws Exception {
        String half = "HTTP/1.1 503 No\r\nContent-Length: 10\r\n\r\nhalf";
        withTwoPods(PodSocket.stallingAfter(half), skippy -> {
            assertThat(way.call(skippy.client, Skippy.get(), ofString()).body()).isEqualTo("ok");
            skippy.awaitEnded(Outcome.SERVER_ERROR, Outcome.SUCCESS);
        });
    }

    @ParameterizedTest
    @EnumSource
    void aLongAnswerThatIsDroppedIsNotReadToItsEnd(Way way) throws Exception {
        PodSocket.Script endless = connection -> {
            connection.readRequest();
            connection.write("HTTP/1.1 503 No\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (!Thread.currentThread().isInterrupted()) {
                connection.write("400\r\n" + "x".repeat(0x400) + "\r\n");
            }
        };
        withTwoPods(endless, skippy -> {
            assertThat(way.call(skippy.client, Skippy.get(), ofString()).body()).isEqualTo("ok");
            skippy.awaitEnded(Outcome.SERVER_ERROR, Outcome.SUCCESS);
        });
    }

    @ParameterizedTest
    @EnumSource
    void aCallersOwnFailureIsNotTriedAgain(Way way) {
        BodyHandler<String> throwing = head -> {
            throw new java.io.UncheckedIOException(new ConnectException("to somebody else"));
        };
        List<PodServer> pods = PodServer.fleet(2, 0);
        try (Skippy skippy =
                Skippy.retrying(HttpRetryTest.AT_ONCE, Skippy.client(Version.HTTP_1_1), Skippy.endpoints(pods))) {
            assertThatThrownBy(() -> way.call(skippy.client, Skippy.get(), throwing))
                    .hasMessageContaining("somebody else");
            skippy.awaitEnded(Outcome.UNREPORTED);
        } finally {
            pods.forEach(PodServer::close);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTimeoutIsOfTheWholeCall(Way way) {
        List<PodServer> pods = PodServer.fleet(2, 0);
        pods.forEach(PodServer::hold);
        HttpRequest hasty = HttpRequest.newBuilder(Skippy.ROOT)
                .timeout(Duration.ofMillis(200))
                .build();
        try (Skippy skippy =
                Skippy.retrying(HttpRetryTest.AT_ONCE, Skippy.client(Version.HTTP_1_1), Skippy.endpoints(pods))) {
            Throwable timeout = catchThrowable(() -> way.call(skippy.client, hasty, ofString()));
            skippy.awaitEnded(Skippy.late(timeout));
        } finally {
            pods.forEach(PodServer::close);
        }
    }

    @Test
    void anotherAttemptGetsTheTimeThatIsLeft() {
        List<Duration> timeouts = new ArrayList<>();
        RecordingClient refused = new RecordingClient() {
            @Override
            public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
                timeouts.add(request.timeout().orElseThrow());
                return CompletableFuture.failedFuture(new ConnectException("refused"));
            }
        };
        HttpRequest patient =
                HttpRequest.newBuilder(Skippy.ROOT).timeout(Duration.ofHours(1)).build();
        try (Skippy skippy = Skippy.retrying(
                RetryPolicy.standard(), refused, Endpoint.of("127.0.1.8", 80), Endpoint.of("127.0.1.9", 80))) {
            assertThat(skippy.client.sendAsync(patient, ofString())).isCompletedExceptionally();
        }
        assertThat(timeouts).hasSize(2);
        assertThat(timeouts.get(0)).isEqualTo(Duration.ofHours(1));
        assertThat(timeouts.get(1)).isBetween(Duration.ofMinutes(50), Duration.ofHours(1));
        assertThat(timeouts.get(1)).isLessThan(Duration.ofHours(1));
    }

    /** Makes calls. */
    @FunctionalInterface
    private interface CheckedUse {
        void with(Skippy skippy) throws Exception;
    }
}
