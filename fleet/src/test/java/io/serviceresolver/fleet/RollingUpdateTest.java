package io.serviceresolver.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.ServiceHandle;
import io.serviceresolver.balancer.BalancerFactory;
import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.http.ServiceHttpClient;
import io.serviceresolver.http.ServiceHttpOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All 50 Pods of a service are replaced while 2,000 calls a second are made to it, or as many as the machine can: a line of
 * the log tells how many. The property {@code fleet.calls} says how many calls end between two replacements.
 */
class RollingUpdateTest {

    private static final Logger log = LoggerFactory.getLogger(RollingUpdateTest.class);

    private static final int PODS = 50;

    /** So many Pods on, a server with a {@code preStop} hook ends. */
    private static final int LATER = 5;

    /** So many calls end before the first replacement, and so many after the last. */
    private static final int AROUND = PODS * 10;

    private static final int CALLS = Integer.getInteger("fleet.calls", 60);

    static Stream<Arguments> cases() {
        return Stream.of(Version.HTTP_1_1, Version.HTTP_2)
                .flatMap(version -> Stream.of(
                        Arguments.of(version, "the default: least response time", Balancers.leastResponseTime()),
                        Arguments.of(version, "round robin", Balancers.roundRobin()),
                        Arguments.of(version, "least connections", Balancers.leastConnections())));
    }

    /** The worst case: a server goes while those who call it have yet to hear of it. */
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cases")
    @Timeout(600)
    void failsNoIdempotentCallThoughServersGoAtOnce(Version version, String name, BalancerFactory balancer)
            throws InterruptedException {
        try (Fleet fleet = new Fleet(PODS, balancer);
                Load load = load(fleet, version, "PUT")) {
            load.awaitCalls(AROUND);
            for (int number = 1; number <= PODS; number++) {
                fleet.replace(number);
                fleet.terminate(number);
                load.awaitCalls(CALLS);
            }
            finish(fleet, load);
            log.info("servers go at once, {}, {}: {}", version, name, load.rate());
            assertAnswered(fleet, load, version, PODS);
        }
    }

    /** What Pods with a {@code preStop} hook do: they go when those who call them have heard of it, and have their answers. */
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cases")
    @Timeout(600)
    void failsNoCallAtAllWhereServersGoLater(Version version, String name, BalancerFactory balancer)
            throws InterruptedException {
        try (Fleet fleet = new Fleet(PODS, balancer);
                Load load = load(fleet, version, "POST")) {
            load.awaitCalls(AROUND);
            long[] heard = new long[PODS + 1];
            for (int number = 1; number <= PODS + LATER; number++) {
                if (number <= PODS) {
                    fleet.replace(number);
                    heard[number] = awaitHeard(fleet, load, number);
                }
                if (number > LATER) {
                    load.awaitFirst(heard[number - LATER]);
                    fleet.terminate(number - LATER);
                }
                load.awaitCalls(CALLS);
            }
            finish(fleet, load);
            log.info("servers go later, {}, {}: {}", version, name, load.rate());
            assertAnswered(fleet, load, version, PODS + LATER);
        }
    }

    /** Waits until all who call have heard that a Pod terminates: how many calls have begun by then. */
    private static long awaitHeard(Fleet fleet, Load load, int number) throws InterruptedException {
        while (fleet.isCalled(number)) {
            load.awaitCalls(1);
        }
        return load.begun();
    }

    private static Load load(Fleet fleet, Version version, String method) {
        // Over HTTP/2 a client of the JDK may wait for ever for a server that has gone.
        ServiceHttpOptions options = ServiceHttpOptions.defaults().attemptTimeout(Duration.ofSeconds(10));
        HttpClient http = ServiceHttpClient.wrap(HttpClient.newHttpClient(), fleet.resolver(), options);
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://skippy:80/orders/7"))
                .version(version)
                .method(method, BodyPublishers.ofString("seven"))
                .build();
        return Load.of(() -> send(http, request));
    }

    private static void finish(Fleet fleet, Load load) throws InterruptedException {
        fleet.awaitEndings();
        load.awaitCalls(AROUND);
        load.stop();
    }

    private static void assertAnswered(Fleet fleet, Load load, Version version, int steps) {
        assertThat(load.calls())
                .as("calls, or the update was not under load")
                .isGreaterThanOrEqualTo(2L * AROUND + (long) steps * CALLS);
        ServiceHandle skippy = fleet.resolver().service("skippy:80");
        assertThat(load.failures().stream().map(RollingUpdateTest::attempts))
                .as(
                        "of %s calls, with %s retries and %s refused",
                        load.calls(), skippy.stats().retries(), skippy.stats().retriesRefused())
                .isEmpty();
        assertThat(load.answers()).containsOnlyKeys(version + " seven");
        assertThat(skippy.stats().inFlight()).isZero();
    }

    /** A failure, and the attempts that it tells of besides. */
    private static String attempts(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause + " " + Arrays.toString(cause.getSuppressed());
    }

    private static CompletableFuture<String> send(HttpClient http, HttpRequest request) {
        return http.sendAsync(request, BodyHandlers.ofString()).thenApply(HttpResponse::body);
    }
}
