package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.http.RecordingPod.Reply;
import io.serviceresolver.http.RecordingPod.Seen;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Redirects that Pods answer with, where the wrapped client follows such. */
class RedirectTest {

    private static final String FROM = "http://skippy/from";

    private final RecordingPod pod = RecordingPod.start("127.0.1.1");
    private final RecordingPod elsewhere = RecordingPod.start("127.0.1.2");
    private final Skippy skippy = new Skippy(client(Redirect.NORMAL), pod.endpoint());

    RedirectTest() throws IOException {}

    @AfterEach
    void stop() {
        skippy.close();
        pod.close();
        elsewhere.close();
    }

    private static HttpClient client(Redirect policy) {
        return HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(policy)
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "/to, http://skippy/to",
        "to?x=%2F, http://skippy/to?x=%2F",
        "?only=query, http://skippy/from?only=query",
        "//skippy/to, http://skippy/to",
        "http://skippy/to, http://skippy/to",
        "http://SKIPPY.shield.svc/to, http://SKIPPY.shield.svc/to",
        "http://POD/to?x=y, http://skippy/to?x=y"
    })
    void toTheServiceItselfAreACallToItsName(String location, String expected) throws Exception {
        AtomicLong before = new AtomicLong();
        pod.answering(request -> {
            if (request.target().equals("/from")) {
                return Reply.of(302)
                        .with("Location", location.replace("POD", pod.endpoint().authority()));
            }
            // Nobody waits for the end of an answer that is followed: one that is still to come is cancelled with the
            // call.
            Skippy.await("the first request ends", () -> skippy.completed() == before.get() + 1);
            return Reply.of(200).body(request.target());
        });
        for (Way way : Way.values()) {
            before.set(skippy.completed());
            HttpResponse<String> response = way.call(skippy.client, Skippy.get(FROM), ofString());
            URI to = URI.create(expected);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.uri()).isEqualTo(to);
            assertThat(response.request().uri()).isEqualTo(to);
            assertThat(response.body())
                    .isEqualTo(to.getRawPath() + (to.getRawQuery() == null ? "" : "?" + to.getRawQuery()));
            assertThat(ServiceHttpClient.endpoint(response)).contains(pod.endpoint());
            HttpResponse<String> previous = response.previousResponse().orElseThrow();
            assertThat(previous.statusCode()).isEqualTo(302);
            assertThat(previous.uri()).hasToString(FROM);
            assertThat(previous.request().uri()).hasToString(FROM);
            assertThat(previous.body()).isNull();
            assertThat(previous.previousResponse()).isEmpty();
        }
        skippy.awaitEnded(Outcome.SUCCESS, Outcome.SUCCESS, Outcome.SUCCESS, Outcome.SUCCESS);
    }

    @Test
    void arePickedAnew() throws Exception {
        pod.redirecting(307, "/to");
        elsewhere.redirecting(307, "/to");
        skippy.source.set("two", pod.endpoint(), elsewhere.endpoint());
        for (int i = 0; i < 4; i++) {
            assertThat(skippy.client
                            .send(Skippy.get("http://two/from"), ofString())
                            .body())
                    .isEqualTo("/to");
        }
        assertThat(Stream.of(pod, elsewhere).map(server -> server.seen().size()))
                .containsExactly(4, 4);
    }

    static Stream<List<Object>> methods() {
        return Stream.of(301, 302, 303, 307, 308, 300, 304)
                .flatMap(status ->
                        Stream.of("GET", "HEAD", "POST", "PUT", "DELETE").map(method -> List.of(status, method)));
    }

    /** What the JDK's own client sends in the same case. */
    @ParameterizedTest
    @MethodSource("methods")
    void changeMethodAndBodyAsInTheJdk(List<Object> redirect) throws Exception {
        pod.redirecting((int) redirect.get(0), "/to");
        String method = (String) redirect.get(1);
        boolean body = method.startsWith("P");
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .method(method, body ? BodyPublishers.ofString("body") : BodyPublishers.noBody())
                .header("Content-Type", "text/plain")
                .header("X-Key", "value");
        List<List<String>> both = new ArrayList<>();
        for (String uri : List.of(pod.root() + "from", FROM)) {
            skippy.client.send(request.uri(URI.create(uri)).build(), ofString());
            both.add(pod.seen().stream()
                    .map(seen -> seen.line() + " " + seen.header("X-Key"))
                    .toList());
            pod.seen().clear();
        }
        assertThat(both.get(1)).isEqualTo(both.get(0)).isNotEmpty();
    }

    @Test
    void thatChangeTheMethodSayNothingOfABodyAnyMore() throws Exception {
        pod.redirecting(303, "/to");
        HttpRequest post = HttpRequest.newBuilder(URI.create(FROM))
                .POST(BodyPublishers.ofString("body"))
                .header("Content-Type", "text/plain")
                .build();
        skippy.client.send(post, ofString());
        assertThat(pod.last().line()).isEqualTo("GET /to ");
        assertThat(pod.last().header("Content-Type")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://ELSEWHERE/to", "http://other/to", "http://skippy:PORT/to"})
    void toAnotherOriginCarryNoSecrets(String location) throws Exception {
        skippy.source.set("other", elsewhere.endpoint());
        elsewhere.redirecting(307, "/");
        pod.redirecting(
                307,
                location.replace("ELSEWHERE", elsewhere.endpoint().authority())
                        .replace("PORT", "" + pod.endpoint().port()));
        HttpRequest request = HttpRequest.newBuilder(URI.create(FROM))
                .header("Authorization", "Bearer secret")
                .header("Proxy-Authorization", "Bearer secret")
                .header("Cookie", "session=secret")
                .header("X-Api-Key", "secret")
                .header("Accept", "text/plain")
                .build();
        for (Way way : Way.values()) {
            HttpResponse<String> response = way.call(skippy.client, request, ofString());
            assertThat(response.body()).isEqualTo("/to");
            assertThat(response.uri().getPath()).isEqualTo("/to");
            Seen seen = location.contains("PORT") ? pod.last() : elsewhere.last();
            assertThat(seen.header("Accept")).isEqualTo("text/plain");
            assertThat(seen.headers().values())
                    .noneMatch(values -> values.toString().contains("secret"));
        }
    }

    @Test
    void toTheSameOriginCarryAll() throws Exception {
        pod.redirecting(307, "http://skippy.shield.svc/to");
        HttpRequest request = HttpRequest.newBuilder(URI.create(FROM))
                .header("Authorization", "Bearer secret")
                .header("X-Api-Key", "secret")
                .build();
        skippy.client.send(request, ofString());
        assertThat(pod.last().target()).isEqualTo("/to");
        assertThat(pod.last().header("Authorization")).isEqualTo("Bearer secret");
        assertThat(pod.last().header("X-Api-Key")).isEqualTo("secret");
    }

    @Test
    void fromElsewhereBackToAServiceArePickedToo() throws Exception {
        pod.redirecting(302, elsewhere.root() + "from");
        elsewhere.redirecting(302, "http://skippy/to");
        HttpResponse<String> response = skippy.client.send(Skippy.get(FROM), ofString());
        assertThat(response.body()).isEqualTo("/to");
        assertThat(ServiceHttpClient.endpoint(response)).contains(pod.endpoint());
        HttpResponse<String> previous = response.previousResponse().orElseThrow();
        assertThat(previous.uri()).hasToString(elsewhere.root() + "from");
        assertThat(ServiceHttpClient.endpoint(previous)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "ftp://skippy/",
                "http://a.b.c.svc/",
                "http://root:secret@skippy/",
                "http:///x",
                "http://skippy:0/",
                "not a uri",
                ""
            })
    void thatCannotBeFollowedAreTheCallers(String location) throws Exception {
        pod.redirecting(302, location);
        if (location.isEmpty()) {
            pod.answering(request -> Reply.of(302));
        }
        for (Way way : Way.values()) {
            HttpResponse<String> response = way.call(skippy.client, Skippy.get(FROM), ofString());
            assertThat(response.statusCode()).isEqualTo(302);
            assertThat(response.uri()).hasToString(FROM);
        }
        assertThat(pod.seen()).hasSize(2);
    }

    /** The default of {@code jdk.httpclient.redirects.retrylimit} is 5, which the JDK reads as four. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void withoutEndEndAsInTheJdk(Way way) throws Exception {
        pod.redirecting(302, "/from");
        HttpResponse<String> bare = way.call(client(Redirect.NORMAL), Skippy.get(pod.root() + "from"), ofString());
        int requests = pod.seen().size();
        HttpResponse<String> response = way.call(skippy.client, Skippy.get(FROM), ofString());
        assertThat(pod.seen()).hasSize(2 * requests);
        assertThat(response.statusCode()).isEqualTo(bare.statusCode()).isEqualTo(302);
    }

    @ParameterizedTest
    @EnumSource(Redirect.class)
    void areFollowedAsThePolicySays(Redirect policy) throws Exception {
        pod.redirecting(302, "/to");
        try (Skippy follower = new Skippy(client(policy), pod.endpoint())) {
            assertThat(follower.client.followRedirects()).isEqualTo(policy);
            assertThat(follower.client.send(Skippy.get(FROM), ofString()).statusCode())
                    .isEqualTo(policy == Redirect.NEVER ? 302 : 200);
        }
    }

    @Test
    void aBodyThatNobodyWantsHoldsUpNothing() throws Exception {
        pod.answering(request -> request.target().equals("/from")
                ? Reply.of(302).with("Location", "/to").body("x".repeat(1_000_000))
                : Reply.of(200));
        for (Way way : Way.values()) {
            assertThat(way.call(skippy.client, Skippy.get(FROM), ofString()).statusCode())
                    .isEqualTo(200);
        }
        Skippy.await("nothing is in flight", () -> skippy.stats().inFlight() == 0);
    }

    @Test
    void anAnswerThatTheCallerWantsNoMoreIsNotFollowed() throws Exception {
        var future = new java.util.concurrent.atomic.AtomicReference<java.util.concurrent.CompletableFuture<?>>();
        var ready = new java.util.concurrent.CountDownLatch(1);
        pod.answering(request -> {
            try {
                ready.await(30, SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            future.get().cancel(true);
            return Reply.of(302).with("Location", "/to");
        });
        future.set(skippy.client.sendAsync(Skippy.get(FROM), ofString()));
        ready.countDown();
        assertThatThrownBy(() -> future.get().get(30, SECONDS))
                .isInstanceOf(java.util.concurrent.CancellationException.class);
        skippy.awaitEnded(Outcome.CANCELLED);
        assertThat(pod.seen()).hasSize(1);
    }
}
