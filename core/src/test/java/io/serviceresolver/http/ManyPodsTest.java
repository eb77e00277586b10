package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.ServiceResolver;
import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.routing.RoutingPolicy;
import io.serviceresolver.routing.Subsetting;
import io.serviceresolver.source.StaticSource;
import io.serviceresolver.testkit.PodSocket;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many connections a client has, as those see it who accept them: 300 Pods, each at an address of its own. */
class ManyPodsTest {

    private static final int PODS = 300;
    private static final HttpRequest GET = Skippy.get("http://skippy:80/");

    private final PodSocket pods =
            PodSocket.start("0.0.0.0", 0, PodSocket.answering("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nskip"));

    @AfterEach
    void stop() {
        pods.close();
    }

    private ServiceResolver resolver(int subset) {
        Endpoint[] endpoints = IntStream.range(0, PODS)
                .mapToObj(number -> Endpoint.of("127.0." + (1 + number / 250) + "." + (1 + number % 250), pods.port()))
                .toArray(Endpoint[]::new);
        return ServiceResolver.builder()
                .source(StaticSource.of("skippy", endpoints))
                .firstAnswerTimeout(Duration.ofSeconds(30))
                .balancer(Balancers.roundRobin())
                .routing(RoutingPolicy.standard().withSubsetting(Subsetting.of(subset, "web-1")))
                .build();
    }

    private static HttpClient client(ServiceResolver resolver) {
        return ServiceHttpClient.wrap(Skippy.client(Version.HTTP_1_1), resolver);
    }

    /** A connection is used again, and there is none to a Pod that is not called. */
    @ParameterizedTest
    @CsvSource({"300, 300", "20, 20", "1, 1"})
    void oneCallerHasOneConnectionToEachPodOfItsSubset(int subset, long connections) throws Exception {
        try (ServiceResolver resolver = resolver(subset)) {
            HttpClient http = client(resolver);
            for (int call = 0; call < 3 * PODS; call++) {
                assertThat(http.send(GET, ofString()).body()).isEqualTo("skip");
            }
            assertThat(pods.connections()).isEqualTo(connections);
            assertThat(resolver.service("skippy:80").stats().pickable()).isEqualTo((int) connections);
        }
    }

    /** Pods in the subset, times callers. */
    @Test
    void noMoreThanAllCallersHaveConnectionsToAllPodsOfTheSubset() throws Exception {
        int subset = 20;
        int callers = 4;
        try (ServiceResolver resolver = resolver(subset)) {
            HttpClient http = client(resolver);
            for (int round = 0; round < PODS; round++) {
                List<CompletableFuture<String>> calls = new ArrayList<>();
                for (int caller = 0; caller < callers; caller++) {
                    calls.add(http.sendAsync(GET, ofString()).thenApply(response -> response.body()));
                }
                calls.forEach(CompletableFuture::join);
            }
            assertThat(pods.connections()).isBetween((long) subset, (long) subset * callers);
        }
    }

    /** A Pod that ends closes its side of what is idle, and the client lets go of its own side by that. */
    @Test
    void anIdleConnectionToAPodThatEndsIsClosed() throws Exception {
        try (ServerSocket pod = new ServerSocket(0, 1, InetAddress.getByName("127.0.1.9"));
                Skippy skippy = new Skippy(Version.HTTP_1_1, Endpoint.of("127.0.1.9", pod.getLocalPort()))) {
            CompletableFuture<String> call =
                    skippy.client.sendAsync(Skippy.get(), ofString()).thenApply(response -> response.body());
            try (Socket connection = pod.accept()) {
                connection.setSoTimeout(30_000);
                InputStream in = connection.getInputStream();
                StringBuilder head = new StringBuilder();
                while (head.indexOf("\r\n\r\n") < 0) {
                    head.append((char) in.read());
                }
                connection.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));
                assertThat(call.join()).isEmpty();
                connection.shutdownOutput();
                assertThat(in.read()).isEqualTo(-1);
            }
        }
    }
}
