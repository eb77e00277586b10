package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.testkit.PodSocket;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The JDK finds a connection of HTTP/2 for a call first, and begins a stream on it later. What closes in between, Java 17.0.15
 * never tells the call; newer ones do. A time-out of ours ends the call whatever the JDK does.
 */
class ForgottenStreamTest {

    /** What takes the upgrade, and an empty frame of settings. */
    private static final String UPGRADED =
            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n" + "\0\0\0\4\0\0\0\0\0";

    /** The answer to the request that was upgraded: 200, and no body. */
    private static final String OK = "\0\0\1\1\5\0\0\0\1\u0088";

    private final CountDownLatch closing = new CountDownLatch(1);
    private final HttpClient jdk = Skippy.client(Version.HTTP_2);

    /** The first connection speaks HTTP/2 until it breaks; those who come after that get HTTP/1.1. */
    private void serve(PodSocket.Connection connection) throws IOException {
        connection.readRequest();
        if (closing.getCount() == 0) {
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            connection.readToEnd();
        } else {
            connection.write(UPGRADED);
            connection.readRequest();
            connection.write(OK);
            awaitClosing();
            connection.reset();
        }
    }

    private void awaitClosing() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Breaks the connection, and waits until the client has let go of it: then it makes another one. */
    private void breakConnection(PodSocket pod) {
        closing.countDown();
        HttpRequest probe = HttpRequest.newBuilder(get(pod), (name, value) -> true)
                .timeout(Duration.ofSeconds(5))
                .build();
        Skippy.await("another connection", () -> isAnswered(probe));
    }

    private static HttpRequest get(PodSocket pod) {
        return Skippy.get("http://" + pod.address() + ":" + pod.port() + "/");
    }

    private boolean isAnswered(HttpRequest probe) {
        try {
            return jdk.send(probe, ofString()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCallWhoseConnectionClosesAsItsStreamBeginsEnds(Way way) throws Exception {
        ServiceHttpOptions options = ServiceHttpOptions.defaults().attemptTimeout(Duration.ofSeconds(1));
        try (PodSocket pod = PodSocket.start("127.0.1.9", 0, this::serve);
                Skippy skippy = new Skippy(jdk, options, RetryPolicy.never(), Endpoint.of(pod.address(), pod.port()))) {
            // For that there is no hurry.
            jdk.send(get(pod), ofString());
            AtomicBoolean broken = new AtomicBoolean();
            BodyOnItsWay body = new BodyOnItsWay(skippy, () -> {
                broken.set(true);
                breakConnection(pod);
            });
            HttpRequest request = HttpRequest.newBuilder(Skippy.ROOT).PUT(body).build();
            // On a slow machine the time of an attempt may be over before its stream is to begin.
            while (!broken.get()) {
                assertThatThrownBy(() -> way.call(skippy.client, request, ofString()))
                        .isInstanceOf(IOException.class);
                Skippy.await("it ends", () -> skippy.stats().inFlight() == 0);
            }
            Skippy.await("another connection", () -> pod.connections() >= 2);
        }
    }

    /**
     * Once a Pod was picked, the client asks for the length when it has found a connection and is about to begin a stream.
     *
     * @param skippy picks
     * @param meanwhile what happens in between
     */
    private record BodyOnItsWay(Skippy skippy, Runnable meanwhile) implements BodyPublisher {

        private static final BodyPublisher BODY = BodyPublishers.ofString("body");

        @Override
        public long contentLength() {
            if (skippy.stats().inFlight() + skippy.completed() > 0) {
                meanwhile.run();
            }
            return BODY.contentLength();
        }

        @Override
        public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
            BODY.subscribe(subscriber);
        }
    }
}
