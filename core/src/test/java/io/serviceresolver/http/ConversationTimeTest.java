package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.ofInputStream;
import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.testkit.PodSocket;
import io.serviceresolver.testkit.VirtualTime;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls that take two requests and more time than there is for both: a minute, of which the first takes 40 seconds. */
class ConversationTimeTest {

    private static final String HALF = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf";
    private static final Duration LEFT = Duration.ofSeconds(20);

    private final VirtualTime time = new VirtualTime();
    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private final PodSocket other = PodSocket.start("127.0.1.9", 0, PodSocket.stallingAfter(HALF));
    private final PodSocket breaking = PodSocket.start("127.0.1.10", 0, this::breakOffLate);
    private final PodSocket pod = PodSocket.start("127.0.1.8", 0, this::answer);
    private final Skippy skippy = new Skippy(
            time,
            HttpClient.newBuilder().followRedirects(Redirect.ALWAYS).build(),
            ServiceHttpOptions.defaults().callTimeout(Duration.ofMinutes(1)),
            RetryPolicy.never(),
            Endpoint.of(pod.address(), pod.port()));

    @AfterEach
    void stop() {
        time.runDue();
        skippy.close();
        pod.close();
        other.close();
        breaking.close();
        threads.shutdownNow();
    }

    private void answer(PodSocket.Connection connection) throws IOException {
        String head = connection.readRequest();
        if (head.startsWith("GET /here") || head.startsWith("GET /there") || head.startsWith("GET /broken")) {
            time.advance(Duration.ofSeconds(40));
            PodSocket elsewhere = head.startsWith("GET /there") ? other : breaking;
            String location =
                    head.startsWith("GET /here") ? "/" : "http://" + elsewhere.address() + ":" + elsewhere.port();
            connection.write("HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: close\r\nLocation: " + location
                    + "\r\n\r\n");
        } else {
            connection.write(HALF);
            connection.readToEnd();
        }
    }

    private void breakOffLate(PodSocket.Connection connection) throws IOException {
        connection.readRequest();
        time.advance(LEFT);
        connection.write(HALF);
    }

    private void assertEndsInTime(Way way, String path) throws Exception {
        WatchedHandler<String> handler = new WatchedHandler<>(ofString());
        Future<HttpResponse<String>> call =
                threads.submit(() -> way.call(skippy.client, Skippy.get("http://skippy" + path), handler));
        handler.awaitBytes();
        // Nobody waits for the end of an answer that is followed: one that is still to come is cancelled with the call.
        Skippy.await("the first request ends", () -> skippy.completed() == 1);
        time.advance(LEFT.minusMillis(1));
        assertThat(call.isDone()).isFalse();
        time.advance(Duration.ofMillis(1));
        assertThatThrownBy(() -> call.get(30, SECONDS))
                .hasRootCauseInstanceOf(HttpTimeoutException.class)
                .hasRootCauseMessage("not answered in full within 60000 ms");
    }

    @ParameterizedTest
    @EnumSource
    void aServiceThatFollowsHasWhatIsLeft(Way way) throws Exception {
        assertEndsInTime(way, "/here");
        pod.awaitIdle();
        skippy.awaitEnded(Outcome.SUCCESS, Outcome.TIMEOUT);
    }

    @ParameterizedTest
    @EnumSource
    void anyOtherHostToo(Way way) throws Exception {
        assertEndsInTime(way, "/there");
        other.awaitIdle();
        skippy.awaitEnded(Outcome.SUCCESS);
    }

    /** Whoever finds first that the body of such a host broke, and not that its time was over, says that it was. */
    @ParameterizedTest
    @EnumSource
    void oneThatBreaksWhenTimeIsOverIsLate(Way way) {
        assertThatThrownBy(() -> way.call(skippy.client, Skippy.get("http://skippy/broken"), ofString()))
                .isInstanceOf(HttpTimeoutException.class)
                .hasMessage("not answered in full within 60000 ms");
        breaking.awaitIdle();
    }

    @Test
    void aBodyThatIsStreamedFromThereEndsToo() throws Exception {
        try (InputStream body = skippy.client
                .send(Skippy.get("http://skippy/there"), ofInputStream())
                .body()) {
            assertThat(body.readNBytes(4)).asString().isEqualTo("half");
            time.advance(LEFT);
            assertThatThrownBy(body::read).hasRootCauseInstanceOf(HttpTimeoutException.class);
        }
        other.awaitIdle();
    }
}
