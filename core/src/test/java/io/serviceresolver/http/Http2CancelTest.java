package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.ofInputStream;
import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.testkit.VirtualTime;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A call that is given up over HTTP/2 ends its stream, as the Pod sees, and leaves the connection to the others. */
class Http2CancelTest {

    /** The reason to reset a stream that nobody wants any more (RFC 9113, section 7). */
    private static final int CANCEL = 8;

    /** Shorter than a service is followed for nothing. */
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final VirtualTime time = new VirtualTime();
    private final ExecutorService threads = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        time.runDue();
        threads.shutdownNow();
    }

    /** How a connection comes about. */
    private enum Security {
        UPGRADE,
        TLS;

        HttpRequest get() {
            return HttpRequest.newBuilder(URI.create(scheme() + "://skippy/")).build();
        }

        private String scheme() {
            return this == TLS ? "https" : "http";
        }

        Http2Pod start(Http2Pod.Answer answer) throws Exception {
            return this == TLS
                    ? Http2Pod.tls(TestCertificates.shared().showing("right"), answer)
                    : Http2Pod.plain(answer);
        }
    }

    private Skippy skippy(Http2Pod pod) throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .version(Version.HTTP_2)
                .sslContext(TestCertificates.shared().trusting())
                .build();
        ServiceHttpOptions options = ServiceHttpOptions.defaults().callTimeout(MINUTE);
        return new Skippy(time, client, options, RetryPolicy.never(), pod.endpoint());
    }

    /** Ends a call before its time: how it is then said to have ended. */
    @FunctionalInterface
    private interface End {
        Outcome end(Skippy skippy, HttpRequest request, Http2Pod pod) throws Exception;
    }

    private void assertReset(Security security, Http2Pod.Answer answer, End end) throws Exception {
        int[] requests = new int[1];
        try (Http2Pod pod = security.start((connection, stream) -> {
                    if (++requests[0] == 2) {
                        answer.answer(connection, stream);
                    } else {
                        connection.answer(stream, "all");
                    }
                });
                Skippy skippy = skippy(pod)) {
            skippy.statsOf(security.scheme());
            time.runDue();
            assertAnswered(skippy, security, pod);
            Outcome outcome = end.end(skippy, security.get(), pod);
            Http2Pod.Frame reset = pod.awaitReset();
            assertThat(reset.stream()).isEqualTo(3);
            assertThat(reset.errorCode()).isEqualTo(CANCEL);
            Skippy.await("it ends", () -> skippy.statsOf(security.scheme()).inFlight() == 0);
            assertThat(skippy.statsOf(security.scheme()).completed(outcome)).isEqualTo(1);
            assertAnswered(skippy, security, pod);
            assertThat(pod.connections()).isEqualTo(1);
        }
    }

    private static void assertAnswered(Skippy skippy, Security security, Http2Pod pod) throws Exception {
        HttpResponse<String> response = skippy.client.send(security.get(), ofString());
        assertThat(response.version()).isEqualTo(Version.HTTP_2);
        assertThat(response.body()).isEqualTo("all");
        pod.awaitRequest();
    }

    @ParameterizedTest
    @EnumSource
    void thatIsCancelledBeforeItsAnswer(Security security) throws Exception {
        assertReset(security, (connection, stream) -> {}, (skippy, request, pod) -> {
            Future<?> call = skippy.client.sendAsync(request, ofString());
            pod.awaitRequest();
            assertThat(call.cancel(true)).isTrue();
            return Outcome.CANCELLED;
        });
    }

    @ParameterizedTest
    @EnumSource
    void whoseThreadIsInterrupted(Security security) throws Exception {
        assertReset(security, (connection, stream) -> {}, (skippy, request, pod) -> {
            threads.submit(() -> skippy.client.send(request, ofString()));
            pod.awaitRequest();
            threads.shutdownNow();
            return Outcome.CANCELLED;
        });
    }

    @ParameterizedTest
    @EnumSource
    void whoseTimeIsOver(Security security) throws Exception {
        assertReset(security, (connection, stream) -> {}, (skippy, request, pod) -> {
            skippy.client.sendAsync(request, ofString());
            pod.awaitRequest();
            time.advance(MINUTE);
            return Outcome.TIMEOUT;
        });
    }

    @ParameterizedTest
    @EnumSource
    void whoseBodyIsClosedHalfWay(Security security) throws Exception {
        assertReset(security, Http2CancelTest::answerHalf, (skippy, request, pod) -> {
            try (InputStream body = skippy.client.send(request, ofInputStream()).body()) {
                assertThat(body.readNBytes(4)).asString().isEqualTo("half");
            }
            pod.awaitRequest();
            return Outcome.CANCELLED;
        });
    }

    private static void answerHalf(Http2Pod.Connection connection, int stream) throws IOException {
        connection.ok(stream);
        connection.body(stream, "half");
    }
}
