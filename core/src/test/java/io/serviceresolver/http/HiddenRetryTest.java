package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.testkit.PodSocket;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The JDK by itself sends some requests a second time, where a connection ends before the first byte of an answer. One attempt
 * of ours is then two requests at a Pod: counted by those who get them.
 */
class HiddenRetryTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    /** How many calls were in flight as each request came. */
    private final Queue<Integer> inFlight = new ConcurrentLinkedQueue<>();

    private final AtomicReference<Skippy> called = new AtomicReference<>();

    @TempDir
    private Path directory;

    private PodSocket pod(int answers, PodSocket.Script last) {
        return PodSocket.start("127.0.1.9", 0, connection -> {
            for (int i = 0; i < answers; i++) {
                read(connection);
                connection.write(OK);
            }
            if (read(connection)) {
                last.play(connection);
            }
        });
    }

    private boolean read(PodSocket.Connection connection) throws IOException {
        boolean any = !connection.readRequest().isEmpty();
        if (any) {
            inFlight.add(called.get().stats().inFlight());
        }
        return any;
    }

    private Skippy calling(PodSocket... pods) {
        Skippy skippy = Skippy.retrying(
                HttpRetryTest.AT_ONCE,
                Skippy.client(Version.HTTP_1_1),
                Stream.of(pods)
                        .map(pod -> Endpoint.of(pod.address(), pod.port()))
                        .toArray(Endpoint[]::new));
        called.set(skippy);
        return skippy;
    }

    private static HttpRequest request(String method) {
        return HttpRequest.newBuilder(Skippy.ROOT)
                .method(method, BodyPublishers.noBody())
                .build();
    }

    /** So many requests came, and as each did, this one call was in flight. */
    private void assertRequests(int count) {
        assertThat(inFlight).containsExactlyElementsOf(Collections.nCopies(count, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "SEND, GET, 2",
        "SEND_ASYNC, GET, 2",
        "SEND, HEAD, 2",
        "SEND_ASYNC, HEAD, 2",
        "SEND, PUT, 1",
        "SEND_ASYNC, DELETE, 1",
        "SEND, OPTIONS, 1",
        "SEND, POST, 1",
        "SEND_ASYNC, POST, 1",
    })
    void oneAttemptAtAPodThatNeverAnswers(Way way, String method, int requests) {
        for (PodSocket.Script end : List.<PodSocket.Script>of(connection -> {}, PodSocket.Connection::reset)) {
            inFlight.clear();
            try (PodSocket pod = pod(0, end);
                    Skippy skippy = calling(pod)) {
                assertThatThrownBy(() -> way.call(skippy.client, request(method), ofString()))
                        .isInstanceOf(IOException.class);
                skippy.awaitEnded(Outcome.IO_ERROR);
                assertRequests(requests);
            }
        }
    }

    /** The Pod closes a connection that was kept just as the next request comes. */
    @ParameterizedTest
    @EnumSource
    void aConnectionThatWasKeptAndClosesCostsAGetNothing(Way way) throws Exception {
        try (PodSocket pod = pod(1, connection -> {});
                Skippy skippy = calling(pod)) {
            way.call(skippy.client, request("GET"), ofString());
            assertThat(way.call(skippy.client, request("GET"), ofString()).statusCode())
                    .isEqualTo(200);
            skippy.awaitEnded(Outcome.SUCCESS, Outcome.SUCCESS);
            assertRequests(3);
            assertThat(skippy.stats().retries()).as("nobody told us").isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPostFailsThereAndIsNotSentAgain(Way way) throws Exception {
        try (PodSocket pod = pod(1, connection -> {});
                Skippy skippy = calling(pod)) {
            way.call(skippy.client, request("POST"), ofString());
            assertThatThrownBy(() -> way.call(skippy.client, request("POST"), ofString()))
                    .isInstanceOf(IOException.class);
            skippy.awaitEnded(Outcome.SUCCESS, Outcome.IO_ERROR);
            assertRequests(2);
        }
    }

    /** A call may be two requests at each Pod that it is tried at. */
    @ParameterizedTest
    @CsvSource({"GET, 6, 3", "PUT, 3, 3", "POST, 1, 1"})
    void aCallThatAllPodsBreak(String method, int requests, int attempts) {
        try (PodSocket one = pod(0, connection -> {});
                PodSocket two = pod(0, connection -> {});
                PodSocket three = pod(0, connection -> {});
                Skippy skippy = calling(one, two, three)) {
            assertThatThrownBy(() -> skippy.client.send(request(method), ofString()))
                    .isInstanceOf(IOException.class);
            skippy.awaitEnded(Collections.nCopies(attempts, Outcome.IO_ERROR).toArray(Outcome[]::new));
            assertRequests(requests);
        }
    }

    @Test
    void aPropertyOfTheJdkTurnsItOff() throws Exception {
        assertThat(ProbeJvm.run(HiddenRetryProbe.class, directory, "-Djdk.httpclient.redirects.retrylimit=1"))
                .contains("GET 1", "HEAD 1", "PUT 1", "POST 1");
    }

    @Test
    void anotherOneHasItHarmAllMethods() throws Exception {
        assertThat(ProbeJvm.run(HiddenRetryProbe.class, directory, "-Djdk.httpclient.enableAllMethodRetry=true"))
                .contains("GET 2", "HEAD 2", "PUT 2", "POST 2");
    }
}
