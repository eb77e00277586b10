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
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Servers of the service skippy that may get a fault each, and who calls them: with time-outs, as a user sets them, and all
 * else as it is by default.
 */
final class FaultyFleet implements AutoCloseable {

    /**
     * So many calls for each server wait for an answer at one time: so many a fault in the body fails before it is known.
     */
    private static final int CALLERS_FOR_EACH = 2;

    private final Vertx vertx = Vertx.vertx();
    private final List<FaultyServer> servers;
    private final ServiceResolver resolver;
    private final HttpClient http;

    /**
     * Starts good servers.
     *
     * @param version of HTTP
     * @param patience how long an attempt may take
     * @param faults what each of them may get
     */
    FaultyFleet(Version version, Duration patience, List<Fault> faults) {
        servers = IntStream.range(0, faults.size())
                .mapToObj(number -> FaultyServer.start(vertx, "127.0.1." + (number + 1), faults.get(number)))
                .toList();
        resolver = ServiceResolver.builder()
                .source(StaticSource.of(
                        "skippy", servers.stream().map(FaultyServer::endpoint).toArray(Endpoint[]::new)))
                .build();
        http = ServiceHttpClient.wrap(
                HttpClient.newBuilder()
                        .version(version)
                        .connectTimeout(Duration.ofSeconds(1))
                        .build(),
                resolver,
                ServiceHttpOptions.defaults().attemptTimeout(patience).callTimeout(patience.multipliedBy(6)));
    }

    /** Ten good servers that may all get one fault. */
    static FaultyFleet ofTen(Fault fault) {
        return new FaultyFleet(Version.HTTP_1_1, Duration.ofMillis(800), Collections.nCopies(10, fault));
    }

    /** Calls that begin at a steady rate: what they come to is the status and the whole body, or a failure. */
    Load load(String method) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://skippy:80/orders/7"))
                .method(method, method.equals("POST") ? BodyPublishers.ofString("seven") : BodyPublishers.noBody())
                .build();
        return Load.of(() -> send(request), CALLERS_FOR_EACH * servers.size());
    }

    private CompletableFuture<String> send(HttpRequest request) {
        return http.sendAsync(request, BodyHandlers.ofString())
                .thenApply(response -> response.statusCode() + " " + response.body());
    }

    /** The servers from the first of these to the last but one have their faults from now on. */
    void fail(int from, int to) {
        servers.subList(from, to).forEach(FaultyServer::fail);
    }

    /** They are well again. */
    void recover(int from, int to) {
        servers.subList(from, to).forEach(FaultyServer::recover);
    }

    /** All servers have their fault from now on. */
    void failAll() {
        fail(0, servers.size());
    }

    /** How many requests the servers read. */
    long requests() {
        return servers.stream().mapToLong(FaultyServer::requests).sum();
    }

    /** How many requests met a fault that shows only in the body of the answer. */
    long faultyBodies() {
        return servers.stream().mapToLong(FaultyServer::faultyBodies).sum();
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
