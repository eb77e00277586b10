package io.serviceresolver.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.ServiceResolver;
import io.serviceresolver.ServiceStats;
import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.http.ServiceHttpClient;
import io.serviceresolver.source.StaticSource;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A Pod that allows one stream of HTTP/2 at a time. The JDK makes no second connection to it, and nobody waits: it fails the
 * calls beyond, of which nothing is sent.
 */
class StreamLimitTest {

    private static final URI ROOT = URI.create("http://skippy:80/");

    private final BlockingQueue<HttpServerRequest> requests = new LinkedBlockingQueue<>();
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer pod = listening("127.0.1.9");

    private HttpServer listening(String address) {
        return FleetServer.join(vertx.createHttpServer(new HttpServerOptions()
                        .setHost(address)
                        .setPort(0)
                        .setInitialSettings(new Http2Settings().setMaxConcurrentStreams(1)))
                .requestHandler(requests::add)
                .listen());
    }

    @AfterEach
    void stop() {
        FleetServer.join(vertx.close());
    }

    private void answer() throws InterruptedException {
        HttpServerRequest request = requests.poll(30, TimeUnit.SECONDS);
        assertThat(request).as("a request").isNotNull();
        vertx.runOnContext(now -> request.response().end("skip"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void aCallBeyondItFailsAndIsNotSent(String method) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(ROOT)
                .method(method, BodyPublishers.noBody())
                .build();
        try (ServiceResolver resolver = ServiceResolver.builder()
                .source(StaticSource.of("skippy", Endpoint.of("127.0.1.9", pod.actualPort())))
                .build()) {
            HttpClient http = ServiceHttpClient.wrap(HttpClient.newHttpClient(), resolver);
            ServiceStats stats = resolver.service("skippy:80").stats();
            CompletableFuture<String> upgrade = send(http, request);
            answer();
            assertThat(upgrade.get(30, TimeUnit.SECONDS)).isEqualTo("skip");

            CompletableFuture<String> first = send(http, request);
            HttpServerRequest held = requests.poll(30, TimeUnit.SECONDS);
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> send(http, request).get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(IOException.class)
                    .hasMessageContaining("too many concurrent streams");
            assertThat(stats.inFlight()).isEqualTo(1);
            requests.add(held);
            answer();
            assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo("skip");
            assertThat(stats.inFlight()).isZero();
            assertThat(stats.completed(Outcome.SUCCESS)).isEqualTo(2);
            assertThat(stats.completed(Outcome.CANCELLED)).isEqualTo(1);
            assertThat(requests).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void aCallBeyondItIsMadeElsewhere(String method) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(ROOT)
                .method(method, BodyPublishers.noBody())
                .build();
        HttpServer other = listening("127.0.1.8");
        try (ServiceResolver resolver = ServiceResolver.builder()
                .source(StaticSource.of(
                        "skippy",
                        Endpoint.of("127.0.1.9", pod.actualPort()),
                        Endpoint.of("127.0.1.8", other.actualPort())))
                .balancer(Balancers.roundRobin())
                .build()) {
            HttpClient http = ServiceHttpClient.wrap(HttpClient.newHttpClient(), resolver);
            for (int upgrade = 0; upgrade < 2; upgrade++) {
                CompletableFuture<String> one = send(http, request);
                answer();
                assertThat(one.get(30, TimeUnit.SECONDS)).isEqualTo("skip");
            }
            CompletableFuture<String> held = send(http, request);
            HttpServerRequest first = requests.poll(30, TimeUnit.SECONDS);
            assertThat(first).isNotNull();
            for (int call = 0; call < 4; call++) {
                CompletableFuture<String> one = send(http, request);
                answer();
                assertThat(one.get(30, TimeUnit.SECONDS)).isEqualTo("skip");
            }
            requests.add(first);
            answer();
            assertThat(held.get(30, TimeUnit.SECONDS)).isEqualTo("skip");
            ServiceStats stats = resolver.service("skippy:80").stats();
            assertThat(stats.completed(Outcome.SUCCESS)).isEqualTo(7);
            assertThat(stats.completed(Outcome.CANCELLED)).isEqualTo(2);
            assertThat(stats.ejected()).isZero();
        }
    }

    private static CompletableFuture<String> send(HttpClient http, HttpRequest request) {
        return http.sendAsync(request, BodyHandlers.ofString()).thenApply(HttpResponse::body);
    }
}
