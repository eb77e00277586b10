package io.serviceresolver.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.ServiceResolver;
import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.http.ServiceHttpClient;
import io.serviceresolver.routing.RoutingPolicy;
import io.serviceresolver.routing.Subsetting;
import io.serviceresolver.source.StaticSource;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many connections of HTTP/2 there are to 300 Pods, each at an address of its own, as those see it who accept them. */
class Http2ConnectionsTest {

    private static final int PODS = 300;
    private static final int SUBSET = 20;
    private static final HttpRequest GET =
            HttpRequest.newBuilder(URI.create("http://skippy:80/")).build();

    private final AtomicInteger connections = new AtomicInteger();
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer pods = FleetServer.join(
            vertx.createHttpServer(new HttpServerOptions().setHost("0.0.0.0").setPort(0))
                    .connectionHandler(connection -> connections.incrementAndGet())
                    .requestHandler(request -> request.response().end(request.version() + " skip"))
                    .listen());

    @AfterEach
    void stop() {
        FleetServer.join(vertx.close());
    }

    private ServiceResolver resolver() {
        Endpoint[] endpoints = IntStream.range(0, PODS)
                .mapToObj(number ->
                        Endpoint.of("127.0." + (1 + number / 250) + "." + (1 + number % 250), pods.actualPort()))
                .toArray(Endpoint[]::new);
        return ServiceResolver.builder()
                .source(StaticSource.of("skippy", endpoints))
                .balancer(Balancers.roundRobin())
                .routing(RoutingPolicy.standard().withSubsetting(Subsetting.of(SUBSET, "web-1")))
                .build();
    }

    @Test
    void allCallsToAPodShareOneConnectionOnceThereIsOne() {
        try (ServiceResolver resolver = resolver()) {
            HttpClient http = ServiceHttpClient.wrap(HttpClient.newHttpClient(), resolver);
            for (int call = 0; call < 2 * SUBSET; call++) {
                assertThat(send(http).join()).isEqualTo("HTTP_2 skip");
            }
            assertThat(connections).hasValue(SUBSET);
            for (int round = 0; round < SUBSET; round++) {
                List<CompletableFuture<String>> atOnce = new ArrayList<>();
                for (int call = 0; call < 4 * SUBSET; call++) {
                    atOnce.add(send(http));
                }
                atOnce.forEach(call -> assertThat(call.join()).isEqualTo("HTTP_2 skip"));
            }
            assertThat(connections).hasValue(SUBSET);
        }
    }

    private static CompletableFuture<String> send(HttpClient http) {
        return http.sendAsync(GET, BodyHandlers.ofString()).thenApply(HttpResponse::body);
    }
}
