package io.serviceresolver.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.testkit.PodServer;
import io.serviceresolver.testkit.PodSocket;
import java.net.http.HttpClient.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** However calls end, none stays in flight, and each ends once. */
class InFlightTest {

    private static final int CALLS = 3_000;
    private static final int CALLERS = 4;

    private final long seed = new SplittableRandom().nextLong();

    @Test
    void nothingStaysInFlightOverHttp1() throws Exception {
        List<PodServer> pods = PodServer.fleet(4, 0);
        pods.forEach(pod -> pod.handler(exchange -> {
            boolean head = exchange.getRequestMethod().equals("HEAD");
            int status = exchange.getRequestURI().getPath().equals("/error") ? 503 : 200;
            exchange.sendResponseHeaders(status, head ? -1 : 100_000);
            if (!head) {
                exchange.getResponseBody().write(new byte[100_000]);
            }
        }));
        PodServer closed = PodServer.start("closed", "127.0.1.5", 0);
        closed.close();
        String half = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf";
        try (PodSocket broken = PodSocket.start("127.0.1.6", 0, PodSocket.closingAfter(half));
                PodSocket reset = PodSocket.start("127.0.1.7", 0, PodSocket.resettingAfter(""));
                Skippy skippy = new Skippy(
                        Version.HTTP_1_1,
                        Stream.of(
                                        Stream.of(Skippy.endpoints(pods)),
                                        Stream.of(Skippy.endpoints(List.of(closed))),
                                        Stream.of(broken, reset).map(pod -> Endpoint.of(pod.address(), pod.port())))
                                .flatMap(endpoints -> endpoints)
                                .toArray(Endpoint[]::new))) {
            assertAllEnd(skippy, List.of("/", "/", "/error"));
            assertThat(skippy.stats().completed(Outcome.IO_ERROR)).isPositive();
            assertThat(skippy.stats().completed(Outcome.CONNECT_FAILED)).isPositive();
        } finally {
            pods.forEach(PodServer::close);
        }
    }

    @Test
    void nothingStaysInFlightOverHttp2() throws Exception {
        try (WireMockPods pods = WireMockPods.start(3);
                Skippy skippy = new Skippy(Version.HTTP_2, pods.endpoints())) {
            pods.answer("/error", aResponse().withStatus(503).withBody("no"));
            assertAllEnd(skippy, List.of("/", "/", "/error"));
        }
    }

    /** Not on Java 17, whose client by itself leaves calls waiting for ever where an HTTP/2 connection breaks. */
    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void nothingStaysInFlightWhereHttp2ConnectionsBreak() throws Exception {
        List<String> paths = new ArrayList<>(List.of("/", "/", "/", "/error"));
        try (WireMockPods pods = WireMockPods.start(3);
                Skippy skippy = new Skippy(Version.HTTP_2, pods.endpoints())) {
            pods.answer("/error", aResponse().withStatus(503).withBody("no"));
            for (Fault fault : Fault.values()) {
                pods.answer("/" + fault, aResponse().withFault(fault));
                paths.add("/" + fault);
            }
            assertAllEnd(skippy, paths);
            assertThat(skippy.stats().completed(Outcome.IO_ERROR)).isPositive();
        }
    }

    @Test
    void nothingStaysInFlightWhereCallsAreTriedAgain() throws Exception {
        try (WireMockPods pods = WireMockPods.start(3);
                Skippy skippy = Skippy.retrying(
                        HttpRetryTest.AT_ONCE.withBudget(1, 1_000, 100_000),
                        Skippy.client(Version.HTTP_1_1),
                        pods.endpoints())) {
            pods.answer("/error", aResponse().withStatus(503).withBody("no"));
            pods.answer("/broken", aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK));
            pods.answer("/none", aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE));
            assertAllEnd(skippy, List.of("/", "/", "/error", "/broken", "/none"));
            assertThat(skippy.stats().retries()).isPositive();
        }
    }

    private void assertAllEnd(Skippy skippy, List<String> paths) throws Exception {
        SplittableRandom seeds = new SplittableRandom(seed);
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                MixedCalls calls = new MixedCalls(skippy.client, seeds.split(), paths);
                done.add(callers.submit(() -> calls.run(CALLS / CALLERS)));
            }
            for (Future<?> caller : done) {
                caller.get();
            }
        } finally {
            callers.shutdownNow();
        }
        Skippy.await("nothing in flight, seed " + seed, () -> skippy.stats().inFlight() == 0);
        long ended = Arrays.stream(Outcome.values())
                .mapToLong(skippy.stats()::completed)
                .sum();
        // A call may have been given up before the attempt that it was to have.
        assertThat(ended)
                .as("seed " + seed)
                .isBetween((long) CALLS, CALLS + skippy.stats().retries());
        assertThat(skippy.stats().completed(Outcome.SUCCESS)).as("seed " + seed).isPositive();
        assertThat(skippy.stats().completed(Outcome.CANCELLED))
                .as("seed " + seed)
                .isPositive();
        assertThat(skippy.stats().completed(Outcome.SERVER_ERROR))
                .as("seed " + seed)
                .isPositive();
    }

    @Test
    void countsCallsInFlightAtEachPodWhileTheyAre() throws Exception {
        List<PodServer> pods = PodServer.fleet(2, 0);
        pods.forEach(PodServer::hold);
        try (Skippy skippy = Skippy.at(pods.toArray(PodServer[]::new))) {
            var calls = Stream.generate(() -> skippy.client.sendAsync(Skippy.get(), ofString()))
                    .limit(6)
                    .toList();
            pods.forEach(pod -> pod.awaitCalls(3));
            assertThat(skippy.stats().inFlight()).isEqualTo(6);
            pods.get(0).release();
            Skippy.await("those of one Pod end", () -> skippy.stats().inFlight() == 3);
            pods.get(1).release();
            calls.forEach(call -> assertThat(call.join().statusCode()).isEqualTo(200));
            assertThat(skippy.stats().inFlight()).isZero();
        } finally {
            pods.forEach(PodServer::close);
        }
    }
}
