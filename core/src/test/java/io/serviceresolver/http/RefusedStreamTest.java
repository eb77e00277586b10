package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.testkit.PodServer;
import io.serviceresolver.testkit.PodSocket;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A Pod that refuses an HTTP/2 stream has done nothing, so that even a POST is sent to another one. */
class RefusedStreamTest {

    private static final String SETTINGS = "\0\0\0\4\0\0\0\0\0";
    private static final String REFUSED_STREAM = "\0\0\4\3\0\0\0\0\1\0\0\0\7";
    private static final String GOAWAY = "\0\0\10\7\0\0\0\0\0\0\0\0\1\0\0\0\0";

    /**
     * Newer JDKs send a refused stream again by themselves, and must know by then that this connection takes no more; Java 17
     * does not, and lets go of all streams when it is told that.
     */
    private static final String REFUSAL =
            Runtime.version().feature() > 17 ? GOAWAY + REFUSED_STREAM : REFUSED_STREAM + GOAWAY;

    /** Takes the upgrade, reads the client's preface, refuses the stream, and says that it never looks at another one. */
    private static void refuse(PodSocket.Connection connection) throws java.io.IOException {
        connection.readRequest();
        connection.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n" + SETTINGS);
        connection.readRequest();
        connection.write(REFUSAL);
        connection.readToEnd();
    }

    @ParameterizedTest
    @EnumSource
    void aPostIsSentToAnotherPod(Way way) throws Exception {
        HttpRequest post = HttpRequest.newBuilder(Skippy.ROOT)
                .POST(BodyPublishers.ofString("body"))
                .build();
        try (PodSocket refusing = PodSocket.start("127.0.1.9", 0, RefusedStreamTest::refuse);
                PodServer pod = PodServer.start("pod-1", "127.0.1.1", 0);
                Skippy skippy = Skippy.retrying(
                        HttpRetryTest.AT_ONCE,
                        Skippy.client(Version.HTTP_2),
                        Endpoint.of(refusing.address(), refusing.port()),
                        Endpoint.of(pod.address(), pod.port()))) {
            while (skippy.stats().retries() == 0) {
                assertThat(way.call(skippy.client, post, ofString()).body()).isEqualTo("pod-1");
            }
            Skippy.await("all end", () -> skippy.stats().inFlight() == 0);
            assertThat(skippy.stats().completed(Outcome.CONNECT_FAILED)).isEqualTo(1);
            assertThat(skippy.stats().completed(Outcome.IO_ERROR)).isZero();
        }
    }
}
