package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.testkit.PodServer;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which requests are said to be idempotent: where the first Pod answers 503, those are sent again. */
class IdempotentTest {

    private final List<PodServer> pods = PodServer.fleet(2, 0);

    @AfterEach
    void stop() {
        pods.forEach(PodServer::close);
    }

    private Skippy skippy(ServiceHttpOptions options) {
        AtomicInteger requests = new AtomicInteger();
        pods.forEach(pod -> pod.handler(exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(requests.incrementAndGet() == 1 ? 503 : 200, -1);
        }));
        return new Skippy(Skippy.client(Version.HTTP_1_1), options, HttpRetryTest.AT_ONCE, Skippy.endpoints(pods));
    }

    private static ServiceHttpOptions options(Predicate<HttpRequest> which) {
        return ServiceHttpOptions.defaults().idempotent(which);
    }

    private static HttpRequest.Builder request(String method, BodyPublisher body) {
        return HttpRequest.newBuilder(Skippy.ROOT.resolve("/search")).method(method, body);
    }

    private static HttpRequest.Builder post() {
        return request("POST", BodyPublishers.ofString("what"));
    }

    @ParameterizedTest
    @EnumSource
    void aKeyMakesARequestIdempotent(Way way) throws Exception {
        try (Skippy skippy = skippy(ServiceHttpOptions.defaults())) {
            HttpRequest post = post().header("idempotency-key", "\"8e03978e\"").build();
            assertThat(way.call(skippy.client, post, ofString()).statusCode()).isEqualTo(200);
            assertThat(skippy.stats().retries()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyKeyIsNone(Way way) throws Exception {
        try (Skippy skippy = skippy(ServiceHttpOptions.defaults())) {
            HttpRequest post = post().header("Idempotency-Key", " ").build();
            assertThat(way.call(skippy.client, post, ofString()).statusCode()).isEqualTo(503);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBodyThatIsSentOnceIsNotSentAgainWhateverIsSaid(Way way) throws Exception {
        try (Skippy skippy = skippy(options(any -> true))) {
            OneTimeBody body = OneTimeBody.tooLong();
            HttpRequest post = request("POST", body).build();
            assertThat(way.call(skippy.client, post, ofString()).statusCode()).isEqualTo(503);
            assertThat(body.subscriptions()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"SEND, POST, 200", "SEND_ASYNC, POST, 200", "SEND, PATCH, 503", "SEND, GET, 503", "SEND_ASYNC, GET, 503"
    })
    void theUserDecidesAlone(Way way, String method, int status) throws Exception {
        Predicate<HttpRequest> which = request ->
                request.method().equals("POST") && request.uri().getPath().equals("/search");
        try (Skippy skippy = skippy(options(which))) {
            HttpRequest request = request(method, BodyPublishers.ofString("what"))
                    .header("Idempotency-Key", "1")
                    .build();
            assertThat(way.call(skippy.client, request, ofString()).statusCode())
                    .isEqualTo(status);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTheUserThrowsFailsTheCallBeforeItBegins(Way way) {
        IllegalStateException bug = new IllegalStateException("a bug");
        Predicate<HttpRequest> which = request -> {
            throw bug;
        };
        try (Skippy skippy = skippy(options(which))) {
            assertThatThrownBy(() -> way.call(skippy.client, post().build(), ofString()))
                    .isSameAs(bug);
            skippy.assertEnded();
        }
    }
}
