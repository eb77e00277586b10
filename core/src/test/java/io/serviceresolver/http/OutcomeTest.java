package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.ofInputStream;
import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.testkit.PodServer;
import io.serviceresolver.testkit.PodSocket;
import io.serviceresolver.testkit.TcpProxy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a call tells of its Pod, whichever way it is sent. */
class OutcomeTest {

    private static final String OK = "HTTP/1.1 200 OK\r\n";

    @ParameterizedTest
    @CsvSource({
        "200, SUCCESS",
        "204, SUCCESS",
        "304, SUCCESS",
        "404, SUCCESS",
        "429, SUCCESS",
        "500, SERVER_ERROR",
        "503, SERVER_ERROR",
        "599, SERVER_ERROR"
    })
    void aStatusTellsWhetherThePodCould(int status, Outcome outcome) throws Exception {
        try (PodServer pod = PodServer.start("pod-1", "127.0.1.1", 0).status(status);
                Skippy skippy = Skippy.at(pod)) {
            for (Way way : Way.values()) {
                assertThat(way.call(skippy.client, Skippy.get(), ofString()).statusCode())
                        .isEqualTo(status);
            }
            skippy.assertEnded(outcome, outcome);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPortThatNobodyListensOnIsAConnectFailure(Way way) {
        PodServer gone = PodServer.start("pod-1", "127.0.1.1", 0);
        gone.close();
        try (Skippy skippy = Skippy.at(gone)) {
            assertThatThrownBy(() -> way.call(skippy.client, Skippy.get(), ofString()))
                    .isInstanceOf(ConnectException.class);
            skippy.assertEnded(Outcome.CONNECT_FAILED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAddressThatNeverAnswersIsAConnectFailure(Way way) {
        HttpClient patient = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .connectTimeout(Duration.ofNanos(1))
                .build();
        try (PodServer pod = PodServer.start("pod-1", "127.0.1.1", 0);
                Skippy skippy = new Skippy(patient, Endpoint.of(pod.address(), pod.port()))) {
            // A connect cannot be held up on loopback, but no connect is as fast as this time-out.
            assertThatThrownBy(() -> way.call(skippy.client, Skippy.get(), ofString()))
                    .isInstanceOf(java.net.http.HttpConnectTimeoutException.class);
            skippy.assertEnded(Outcome.CONNECT_FAILED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void noAnswerInTimeIsATimeout(Way way) {
        HttpRequest hasty = HttpRequest.newBuilder(Skippy.ROOT)
                .timeout(Duration.ofMillis(200))
                .build();
        try (PodServer pod = PodServer.start("pod-1", "127.0.1.1", 0).hold();
                Skippy skippy = Skippy.at(pod)) {
            Throwable timeout = catchThrowable(() -> way.call(skippy.client, hasty, ofString()));
            skippy.assertEnded(Skippy.late(timeout));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    SEND       | ''
                    SEND_ASYNC | ''
                    SEND       | HTTP/1.1 2
                    SEND_ASYNC | HTTP/1.1 2
                    SEND       | SSH-2.0-OpenSSH_9.2~
                    SEND_ASYNC | SSH-2.0-OpenSSH_9.2~
                    SEND       | HTTP/1.1 abc~~
                    SEND       | HTTP/1.1 200 OK~Content-Length: 10~~half
                    SEND_ASYNC | HTTP/1.1 200 OK~Content-Length: 10~~half
                    SEND       | HTTP/1.1 503 No~Content-Length: 10~~half
                    SEND       | HTTP/1.1 200 OK~Content-Length: -5~~
                    SEND       | HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~he
                    SEND_ASYNC | HTTP/1.1 200 OK~Transfer-Encoding: chunked~~zz~hello~0~~
                    SEND       | HTTP/1.1 200 OK~bad name: x~~
                    SEND       | HTTP/1.1 204 No~Content-Length: 2~~ab
                    """)
    void anAnswerThatIsNoneIsABrokenOne(Way way, String answer) {
        assertBroken(way, PodSocket.closingAfter(answer.replace("~", "\r\n")), IOException.class);
    }

    @ParameterizedTest
    @EnumSource
    void aLengthThatIsNoNumberIsABrokenAnswerThoughTheJdkThrowsAnotherKind(Way way) {
        assertBroken(
                way,
                PodSocket.closingAfter(OK + "Content-Length: abc\r\n\r\n"),
                way == Way.SEND ? IllegalArgumentException.class : NumberFormatException.class);
    }

    @ParameterizedTest
    @EnumSource
    void aResetIsABrokenAnswer(Way way) {
        assertBroken(way, PodSocket.resettingAfter(""), IOException.class);
        assertBroken(way, PodSocket.resettingAfter(OK + "Content-Length: 10\r\n\r\nhalf"), IOException.class);
    }

    private static void assertBroken(Way way, PodSocket.Script script, Class<? extends Exception> kind) {
        try (PodSocket pod = PodSocket.start("127.0.1.9", 0, script);
                Skippy skippy = Skippy.at(pod)) {
            assertThatThrownBy(() -> way.call(skippy.client, Skippy.get(), ofString()))
                    .isInstanceOf(kind);
            skippy.assertEnded(Outcome.IO_ERROR);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBodyThatBreaksAfterTheResponseWasHandedOverIsABrokenAnswer(Way way) throws Exception {
        try (PodSocket pod = PodSocket.start(
                        "127.0.1.9", 0, PodSocket.stallingAfter(OK + "Content-Length: 10\r\n\r\nhalf"));
                TcpProxy proxy = TcpProxy.to(new InetSocketAddress(pod.address(), pod.port()));
                Skippy skippy = new Skippy(
                        Version.HTTP_1_1,
                        Endpoint.of("127.0.0.1", proxy.address().getPort()))) {
            InputStream body =
                    way.call(skippy.client, Skippy.get(), ofInputStream()).body();
            assertThat(body.readNBytes(4)).asString().isEqualTo("half");
            assertThat(skippy.stats().inFlight()).isEqualTo(1);
            proxy.cut();
            assertThatThrownBy(body::read).isInstanceOf(IOException.class);
            skippy.assertEnded(Outcome.IO_ERROR);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBodyToSendThatFailsIsNotThePodsFault(Way way) {
        HttpRequest request = HttpRequest.newBuilder(Skippy.ROOT)
                .POST(BodyPublishers.ofInputStream(OutcomeTest::unreadable))
                .build();
        try (PodServer pod = PodServer.start("pod-1", "127.0.1.1", 0);
                Skippy skippy = Skippy.at(pod)) {
            assertThatThrownBy(() -> way.call(skippy.client, request, ofString()))
                    .hasMessageContaining("disk");
            skippy.assertEnded(Outcome.UNREPORTED);
        }
    }

    @Test
    void aCallThatIsInterruptedIsCancelled() throws Exception {
        try (PodServer pod = PodServer.start("pod-1", "127.0.1.1", 0).hold();
                Skippy skippy = Skippy.at(pod)) {
            Interrupted caller = new Interrupted(() -> skippy.client.send(Skippy.get(), ofString()));
            pod.awaitCalls(1);
            assertThat(caller.interrupt()).isInstanceOf(InterruptedException.class);
            skippy.assertEnded(Outcome.CANCELLED);
        }
    }

    @Test
    void aCallThatIsInterruptedInItsBodyIsCancelled() throws Exception {
        try (PodSocket pod = PodSocket.start(
                        "127.0.1.9", 0, PodSocket.stallingAfter(OK + "Content-Length: 10\r\n\r\nhalf"));
                Skippy skippy = Skippy.at(pod)) {
            WatchedHandler<String> handler = new WatchedHandler<>(ofString());
            Interrupted caller = new Interrupted(() -> skippy.client.send(Skippy.get(), handler));
            handler.awaitBytes();
            assertThat(caller.interrupt()).isInstanceOf(InterruptedException.class);
            skippy.assertEnded(Outcome.CANCELLED);
            pod.awaitIdle();
        }
    }

    /** A file that breaks in the middle. */
    private static InputStream unreadable() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("disk");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                throw new IOException("disk");
            }
        };
        return new SequenceInputStream(new ByteArrayInputStream(new byte[100_000]), broken);
    }
}
