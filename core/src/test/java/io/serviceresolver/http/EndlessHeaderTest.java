package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.testkit.PodSocket;
import java.net.ProtocolException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An answer whose head has no end. The JDK reads no more of it than {@code -Djdk.http.maxHeaderSize}, 384 KiB by default. It
 * does not close the connection then, so that only what the Pod could send is bounded.
 */
class EndlessHeaderTest {

    private static final long LONG_ENOUGH = 100_000_000;

    /** What the system buffers beyond what is read is some megabytes. */
    private static final long MOST_SENT = 50_000_000;

    private static final String PIECE = "x".repeat(1_000);

    private final AtomicLong sent = new AtomicLong();

    private PodSocket pod(String begin, String piece) {
        return PodSocket.start("127.0.1.9", 0, connection -> {
            connection.readRequest();
            connection.write(begin);
            while (sent.get() < LONG_ENOUGH) {
                connection.write(piece);
                sent.addAndGet(piece.length());
            }
        });
    }

    private static HttpRequest request(String method) {
        return HttpRequest.newBuilder(Skippy.ROOT)
                .method(method, BodyPublishers.noBody())
                .build();
    }

    @ParameterizedTest
    @CsvSource({"SEND, GET", "SEND_ASYNC, GET", "SEND, POST", "SEND_ASYNC, POST"})
    void manyHeaders(Way way, String method) {
        assertRefused(way, method, "HTTP/1.1 200 OK\r\n", "X-Piece: " + PIECE + "\r\n");
    }

    @ParameterizedTest
    @CsvSource({"SEND, GET", "SEND_ASYNC, POST"})
    void oneHeader(Way way, String method) {
        assertRefused(way, method, "HTTP/1.1 200 OK\r\nX: ", PIECE);
    }

    @ParameterizedTest
    @CsvSource({"SEND, GET", "SEND_ASYNC, POST"})
    void aStatusLine(Way way, String method) {
        assertRefused(way, method, "HTTP/1.1 200 ", PIECE);
    }

    private void assertRefused(Way way, String method, String begin, String piece) {
        try (PodSocket pod = pod(begin, piece);
                Skippy skippy = Skippy.at(pod)) {
            assertThatThrownBy(() -> way.call(skippy.client, request(method), ofString()))
                    .isInstanceOf(ProtocolException.class);
            skippy.awaitEnded(Outcome.IO_ERROR);
            assertThat(pod.connections()).isEqualTo(1);
            assertThat(sent).hasValueLessThan(MOST_SENT);
        }
    }

    /** Nobody looks at trailers: the answer is there. */
    @ParameterizedTest
    @CsvSource({"SEND, GET", "SEND_ASYNC, POST"})
    void trailers(Way way, String method) throws Exception {
        String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX: ";
        try (PodSocket pod = pod(chunked, PIECE);
                Skippy skippy = Skippy.at(pod)) {
            assertThat(way.call(skippy.client, request(method), ofString()).body())
                    .isEqualTo("ok");
            skippy.awaitEnded(Outcome.SUCCESS);
            assertThat(sent).hasValueLessThan(MOST_SENT);
        }
    }
}
