package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.testkit.PodServer;
import io.serviceresolver.testkit.VirtualTime;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests are sent again, and what their callers see of that. */
class HttpRetryTest {

    static final RetryPolicy AT_ONCE = RetryPolicy.standard().withBackoff(Duration.ZERO, Duration.ofMillis(250));

    private final List<PodServer> pods = PodServer.fleet(3, 0);
    private final Skippy skippy = skippy(AT_ONCE);
    private final AtomicInteger handled = new AtomicInteger();

    private final BodyHandler<String> handler = head -> {
        handled.incrementAndGet();
        return ofString().apply(head);
    };

    @AfterEach
    void stop() {
        skippy.close();
        pods.forEach(PodServer::close);
    }

    private Skippy skippy(RetryPolicy policy) {
        return Skippy.retrying(policy, Skippy.client(Version.HTTP_1_1), Skippy.endpoints(pods));
    }

    private static HttpRequest request(String method, BodyPublisher body) {
        return HttpRequest.newBuilder(Skippy.ROOT).method(method, body).build();
    }

    private long arrived() {
        return pods.stream().mapToLong(PodServer::calls).sum();
    }

    /** The first request is answered so, all others 200, whichever Pods they come to. */
    private void failFirst(int status, String... header) {
        AtomicInteger requests = new AtomicInteger();
        pods.forEach(pod -> pod.handler(exchange -> {
            boolean first = requests.incrementAndGet() == 1;
            if (first && header.length > 0) {
                exchange.getResponseHeaders().set(header[0], header[1]);
            }
            answer(exchange, first ? status : 200);
        }));
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        boolean bodiless = exchange.getRequestMethod().equals("HEAD");
        byte[] body = Integer.toString(status).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bodiless ? -1 : body.length);
        if (!bodiless) {
            exchange.getResponseBody().write(body);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyCallSucceedsWhereOnePodRefusesConnections(Way way) throws Exception {
        pods.get(1).close();
        for (int i = 0; i < 30; i++) {
            OneTimeBody body = new OneTimeBody();
            assertThat(way.call(skippy.client, request("POST", body), handler).statusCode())
                    .isEqualTo(200);
            assertThat(body.subscriptions()).isEqualTo(1);
        }
        assertThat(arrived()).isEqualTo(30);
        assertThat(skippy.stats().inFlight()).isZero();
        assertThat(skippy.stats().completed(Outcome.SUCCESS)).isEqualTo(30);
        assertThat(skippy.stats().completed(Outcome.CONNECT_FAILED))
                .isPositive()
                .isEqualTo(skippy.stats().retries());
    }

    @ParameterizedTest
    @EnumSource
    void failsToConnectWhereAllPodsDo(Way way) {
        pods.forEach(PodServer::close);
        assertThatThrownBy(() -> way.call(skippy.client, Skippy.get(), handler)).isInstanceOf(ConnectException.class);
        skippy.assertEnded(Outcome.CONNECT_FAILED, Outcome.CONNECT_FAILED, Outcome.CONNECT_FAILED);
    }

    @ParameterizedTest
    @CsvSource({
        "SEND, GET, 503",
        "SEND, HEAD, 503",
        "SEND, PUT, 502",
        "SEND, DELETE, 504",
        "SEND, OPTIONS, 503",
        "SEND, TRACE, 503",
        "SEND_ASYNC, GET, 502",
        "SEND_ASYNC, PUT, 503",
        "SEND_ASYNC, DELETE, 504"
    })
    void anIdempotentRequestThatDidNotGetThroughIsSentAgain(Way way, String method, int status) throws Exception {
        failFirst(status);
        HttpRequest request = request(method, BodyPublishers.noBody());
        assertThat(way.call(skippy.client, request, handler).statusCode()).isEqualTo(200);
        assertThat(handled).hasValue(1);
        assertThat(pods).extracting(PodServer::calls).containsExactlyInAnyOrder(1L, 1L, 0L);
        skippy.awaitEnded(Outcome.SERVER_ERROR, Outcome.SUCCESS);
    }

    @ParameterizedTest
    @CsvSource({
        "SEND, POST, 503",
        "SEND, PATCH, 503",
        "SEND, get, 503",
        "SEND, GET, 500",
        "SEND, GET, 501",
        "SEND, GET, 505",
        "SEND_ASYNC, POST, 503",
        "SEND_ASYNC, GET, 500"
    })
    void anyOtherAnswerIsTheCallers(Way way, String method, int status) throws Exception {
        failFirst(status);
        HttpResponse<String> response = way.call(skippy.client, request(method, BodyPublishers.noBody()), handler);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(Integer.toString(status));
        assertThat(arrived()).isEqualTo(1);
        skippy.awaitEnded(Outcome.SERVER_ERROR);
    }

    @Test
    void aRequestWhosePushesAreHandledIsSentAgainOnlyWhereNothingWasSent() throws Exception {
        failFirst(503);
        HttpResponse.PushPromiseHandler<String> pushes = (initiating, promised, acceptor) -> {};
        assertThat(skippy.client
                        .sendAsync(Skippy.get(), handler, pushes)
                        .get(30, SECONDS)
                        .statusCode())
                .isEqualTo(503);
        pods.get(0).close();
        for (int i = 0; i < 6; i++) {
            assertThat(skippy.client
                            .sendAsync(Skippy.get(), handler, pushes)
                            .get(30, SECONDS)
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(skippy.stats().completed(Outcome.CONNECT_FAILED)).isPositive();
    }

    @Test
    void aBodyThatCanBeReadAgainIsSentAgain(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("body"), "body");
        for (BodyPublisher body : List.of(
                BodyPublishers.ofString("body"),
                BodyPublishers.ofByteArray(new byte[10]),
                BodyPublishers.ofFile(file),
                BodyPublishers.noBody())) {
            failFirst(503);
            assertThat(skippy.client.send(request("PUT", body), handler).statusCode())
                    .isEqualTo(200);
        }
        assertThat(arrived()).isEqualTo(8);
    }

    @ParameterizedTest
    @EnumSource
    void aBodyThatMayBeGoneIsSentAgainAsItWasKept(Way way) throws Exception {
        failFirst(503);
        OneTimeBody body = new OneTimeBody(KeptBody.LIMIT);
        assertThat(way.call(skippy.client, request("PUT", body), handler).statusCode())
                .isEqualTo(200);
        assertThat(body.subscriptions()).isEqualTo(1);
        assertThat(arrived()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void aBodyThatIsTooLongToBeKeptIsNotSentAgain(Way way) throws Exception {
        failFirst(503);
        OneTimeBody body = OneTimeBody.tooLong();
        assertThat(way.call(skippy.client, request("PUT", body), handler).statusCode())
                .isEqualTo(503);
        assertThat(body.subscriptions()).isEqualTo(1);
        assertThat(arrived()).isEqualTo(1);
    }

    @Test
    void aServiceThatIsDownIsHardlyTroubledAndItsAnswersAreShown() throws Exception {
        pods.forEach(pod -> pod.status(503));
        int calls = 1_000;
        int atOnce = 50;
        for (int i = 0; i < calls; i += atOnce) {
            Stream.generate(() -> skippy.client.sendAsync(Skippy.get(), handler))
                    .limit(atOnce)
                    .toList()
                    .forEach(call ->
                            assertIsUnavailable(call.orTimeout(30, SECONDS).join()));
        }
        assertIsUnavailable(skippy.client.send(Skippy.get(), handler));
        calls++;
        assertThat(handled).hasValue(calls);
        assertThat(arrived()).isEqualTo(calls + 10L);
        assertThat(skippy.stats().inFlight()).isZero();
        assertThat(skippy.stats().completed(Outcome.SERVER_ERROR)).isEqualTo(calls + 10L);
    }

    private static void assertIsUnavailable(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(ServiceHttpClient.endpoint(response).orElseThrow().podName()).contains(response.body());
    }

    @Test
    void callsThatGoWellEarnRetriesAgain() throws Exception {
        pods.forEach(pod -> pod.status(503));
        while (skippy.stats().retriesRefused() == 0) {
            skippy.client.send(Skippy.get(), handler);
        }
        long before = skippy.stats().retries();
        pods.forEach(pod -> pod.status(404));
        for (int i = 0; i < 5; i++) {
            skippy.client.send(Skippy.get(), handler);
        }
        failFirst(503);
        assertThat(skippy.client.send(Skippy.get(), handler).statusCode()).isEqualTo(200);
        assertThat(skippy.stats().retries()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3600", "Sat, 06 Nov 2094 08:49:37 GMT"})
    void aServiceThatAsksToBeLeftAloneIs(String retryAfter) throws Exception {
        failFirst(503, "Retry-After", retryAfter);
        assertThat(skippy.client.send(Skippy.get(), handler).statusCode()).isEqualTo(503);
        assertThat(arrived()).isEqualTo(1);
        failFirst(503, "Retry-After", "0");
        assertThat(skippy.client.send(Skippy.get(), handler).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void waitsBeforeItSendsAgain(Way way) throws Exception {
        failFirst(503);
        VirtualTime time = new VirtualTime();
        Duration minute = Duration.ofMinutes(1);
        RetryPolicy policy = RetryPolicy.standard().withBackoff(minute, minute);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Skippy waiting = new Skippy(time, ServiceHttpOptions.defaults(), policy, Skippy.endpoints(pods))) {
            int timers = time.pending();
            Future<HttpResponse<String>> call = thread.submit(() -> way.call(waiting.client, Skippy.get(), handler));
            Skippy.await("the wait begins", () -> time.pending() > timers);
            assertThat(call.isDone()).isFalse();
            assertThat(arrived()).isEqualTo(1);
            time.advance(minute);
            assertThat(call.get(30, SECONDS).statusCode()).isEqualTo(200);
        }
        thread.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource
    void makesOneAttemptWhereThePolicyAllowsNoMore(Way way) throws Exception {
        failFirst(503);
        try (Skippy once = skippy(RetryPolicy.never())) {
            assertThat(way.call(once.client, Skippy.get(), handler).statusCode())
                    .isEqualTo(503);
            assertThat(arrived()).isEqualTo(1);
            pods.forEach(PodServer::close);
            assertThatThrownBy(() -> way.call(once.client, Skippy.get(), handler))
                    .isInstanceOf(ConnectException.class);
            once.awaitEnded(Outcome.SERVER_ERROR, Outcome.CONNECT_FAILED);
        }
    }
}
