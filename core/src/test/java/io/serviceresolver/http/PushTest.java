package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.call.Outcome;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a Pod pushes (RFC 9113, section 8.4) is shown as what callers could have asked for. */
class PushTest {

    private static final int PROMISED = 2;

    private final ConcurrentMap<HttpRequest, CompletableFuture<HttpResponse<String>>> pushed =
            new ConcurrentHashMap<>();

    /** Those that send by the wrapped client, and those in whose place others send. */
    static Stream<HttpClient> clients() {
        return Stream.of(Redirect.NEVER, Redirect.NORMAL)
                .map(redirects -> HttpClient.newBuilder()
                        .version(Version.HTTP_2)
                        .followRedirects(redirects)
                        .build());
    }

    private static HttpClient client() {
        return Skippy.client(Version.HTTP_2);
    }

    /**
     * A Pod whose page comes with its style.
     *
     * @param authority whose style it is, by the Pod's own
     * @param before what to wait for before that is sent
     */
    private static Http2Pod pushing(Function<String, String> authority, CountDownLatch before) throws IOException {
        return Http2Pod.plain((connection, stream) -> {
            String whose = authority.apply(connection.authority());
            connection.promise(stream, PROMISED, style(whose));
            connection.answer(stream, "page");
            await(before);
            connection.answer(PROMISED, "style");
        });
    }

    private static String[] style(String authority) {
        return new String[] {
            ":method", "GET", ":scheme", "http", ":authority", authority, ":path", "/style.css", "accept", "text/css"
        };
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /**
     * Asks for the page: the request that was promised with it. Not by {@code PushPromiseHandler.of}, which on Java 17 takes no
     * promise of a URI without a port.
     */
    private HttpRequest promised(Skippy skippy) throws Exception {
        HttpResponse<String> page = skippy.client
                .<String>sendAsync(Skippy.get(), ofString(), (initiating, promised, acceptor) -> {
                    assertThat(initiating.uri()).isEqualTo(Skippy.ROOT);
                    pushed.put(promised, acceptor.apply(ofString()));
                })
                .get(30, SECONDS);
        assertThat(page.body()).isEqualTo("page");
        assertThat(pushed).hasSize(1);
        return pushed.keySet().iterator().next();
    }

    private HttpResponse<String> answer(HttpRequest promised) throws Exception {
        return Objects.requireNonNull(pushed.get(promised)).get(30, SECONDS);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void isShownByTheNameOfTheService(HttpClient client) throws Exception {
        try (Http2Pod pod = pushing(itself -> itself, new CountDownLatch(0));
                Skippy skippy = new Skippy(client, pod.endpoint())) {
            HttpRequest promised = promised(skippy);
            assertThat(promised.uri()).hasToString("http://skippy/style.css");
            assertThat(promised.method()).isEqualTo("GET");
            assertThat(promised.headers().allValues("accept")).isEqualTo(List.of("text/css"));
            // The JDK shows it, though a request of one's own cannot have it.
            assertThat(promised.headers().firstValue(":path")).contains("/style.css");
            HttpResponse<String> style = answer(promised);
            assertThat(style.body()).isEqualTo("style");
            assertThat(style.uri()).hasToString("http://skippy/style.css");
            assertThat(style.request()).isSameAs(promised);
            assertThat(ServiceHttpClient.endpoint(style)).contains(pod.endpoint());
            skippy.awaitEnded(Outcome.SUCCESS);
        }
    }

    @Test
    void ofAnotherAuthorityIsShownAsItIs() throws Exception {
        try (Http2Pod pod = pushing(itself -> "other:81", new CountDownLatch(0));
                Skippy skippy = new Skippy(client(), pod.endpoint())) {
            CompletableFuture<String> uri = new CompletableFuture<>();
            skippy.client
                    .<String>sendAsync(
                            Skippy.get(),
                            ofString(),
                            (initiating, promised, acceptor) -> uri.complete(initiating.uri() + " " + promised.uri()))
                    .get(30, SECONDS);
            assertThat(uri.get(30, SECONDS)).isEqualTo("http://skippy/ http://other:81/style.css");
        }
    }

    @Test
    void doesNotCountAsInFlight() throws Exception {
        CountDownLatch later = new CountDownLatch(1);
        try (Http2Pod pod = pushing(itself -> itself, later);
                Skippy skippy = new Skippy(client(), pod.endpoint())) {
            HttpRequest promised = promised(skippy);
            skippy.awaitEnded(Outcome.SUCCESS);
            later.countDown();
            assertThat(answer(promised).body()).isEqualTo("style");
            skippy.assertEnded(Outcome.SUCCESS);
        }
    }
}
