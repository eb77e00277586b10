package io.serviceresolver.fleet;

import io.serviceresolver.ServiceResolver;
import io.serviceresolver.ServiceStats;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.http.ServiceHttpClient;
import io.serviceresolver.http.ServiceHttpOptions;
import io.serviceresolver.source.StaticSource;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Ten servers of the service skippy that may get a fault, and who calls them: with time-outs, as a user sets them, and all
 * else as it is by default.
 */
final class FaultyFleet implements AutoCloseable {

    private static final int SIZE = 10;

    /** So many wait for an answer at one time, two for each server: so many calls a fault in the body fails before it is known. */
    private static final int CALLERS = 20;

    private final Vertx vertx = Vertx.vertx();
    private final Fault fault;
    private final List<FaultyServer> servers;
    private final ServiceResolver resolver;
    private final HttpClient http;

    /** Starts ten good servers that may get a fault. */
    FaultyFleet(Fault fault) {
        this.fault = fault;
        servers = IntStream.rangeClosed(1, SIZE)
                .mapToObj(number -> FaultyServer.start(vertx, address(number), 0, fault))
                .toList();
        Endpoint[] endpoints = IntStream.rangeClosed(1, SIZE)
                .mapToObj(number ->
                        Endpoint.of(address(number), servers.get(number - 1).port()))
                .toArray(Endpoint[]::new);
        resolver = ServiceResolver.builder()
                .source(StaticSource.of("skippy", endpoints))
                .build();
        http = ServiceHttpClient.wrap(
                HttpClient.newBuilder()
                        .version(Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(1))
                        .build(),
                resolver,
                ServiceHttpOptions.defaults()
                        .attemptTimeout(Duration.ofMillis(800))
                        .callTimeout(Duration.ofSeconds(5)));
    }

    private static String address(int number) {
        return "127.0.1." + number;
    }

    /** Calls that begin at a steady rate: what they come to is the status and the whole body, or a failure. */
    Load load(String method) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://skippy:80/orders/7"))
                .method(method, method.equals("POST") ? BodyPublishers.ofString("seven") : BodyPublishers.noBody())
                .build();
        return Load.of(() -> send(request), CALLERS);
    }

    private CompletableFuture<String> send(HttpRequest request) {
        return http.sendAsync(request, BodyHandlers.ofString())
                .thenApply(response -> response.statusCode() + " " + response.body());
    }

    /** The first server has its fault from now on. */
    void failOne() {
        servers.get(0).fail(fault);
    }

    /** All servers have their fault from now on. */
    void failAll() {
        servers.forEach(server -> server.fail(fault));
    }

    /** How many requests the servers read. */
    long requests() {
        return servers.stream().mapToLong(FaultyServer::requests).sum();
    }

    ServiceStats stats() {
        return resolver.service("skippy:80").stats();
    }

    @Override
    public void close() {
        resolver.close();
        FleetServer.join(vertx.close());
    }
}
