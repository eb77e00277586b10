package io.serviceresolver.fleet;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client of a Service sees that calls the Service's address, and what one that calls by this library: a line of the log for each.
 * Not a part of the tests; run by its name.
 */
class ClusterIpComparison {

    private static final Logger log = LoggerFactory.getLogger(ClusterIpComparison.class);

    private static final int PODS = 10;
    private static final int CALLS = 5_000;

    /** As many calls at most are on their way as go over one connection of HTTP/2. */
    private static final int STREAMS = 80;

    /** So many calls end between two replacements. */
    private static final int STEP = 200;

    /** By which way calls go. */
    private enum Way {
        CLUSTER_IP,
        LIBRARY
    }

    private enum Contestant {
        CLUSTER_IP_HTTP_1_1(Way.CLUSTER_IP, Version.HTTP_1_1),
        LIBRARY_HTTP_1_1(Way.LIBRARY, Version.HTTP_1_1),
        CLUSTER_IP_HTTP_2(Way.CLUSTER_IP, Version.HTTP_2),
        LIBRARY_HTTP_2(Way.LIBRARY, Version.HTTP_2);

        private final Way way;
        private final Version version;

        Contestant(Way way, Version version) {
            this.way = way;
            this.version = version;
        }

        Load load(Fleet fleet, ClusterIp clusterIp) {
            HttpClient bare = HttpClient.newHttpClient();
            boolean mine = way == Way.LIBRARY;
            HttpClient http = mine ? ServiceHttpClient.wrap(bare, fleet.resolver(), options()) : bare;
            URI uri = mine ? URI.create("http://skippy:80/orders/7") : clusterIp.uri("/orders/7");
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .version(version)
                    .timeout(Duration.ofSeconds(10))
                    .PUT(BodyPublishers.ofString("seven"))
                    .build();
            return Load.of(() -> send(http, request), STREAMS);
        }

        private static ServiceHttpOptions options() {
            return ServiceHttpOptions.defaults().attemptTimeout(Duration.ofSeconds(5));
        }

        private static CompletableFuture<String> send(HttpClient http, HttpRequest request) {
            return http.sendAsync(request, BodyHandlers.ofString()).thenApply(HttpResponse::body);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(600)
    void measure(Contestant contestant) throws InterruptedException {
        try (Fleet fleet = new Fleet(PODS, Balancers.leastResponseTime());
                ClusterIp clusterIp = fleet.clusterIp();
                Load load = contestant.load(fleet, clusterIp)) {
            load.awaitCalls(CALLS);
            List<Long> even = fleet.requests();
            for (int i = 0; i < PODS; i++) {
                fleet.add();
            }
            load.awaitCalls(CALLS);
            List<Long> scaled = fleet.requests();
            long failedBefore = load.failures().size();
            long callsBefore = load.calls();
            for (int number = 1; number <= PODS; number++) {
                fleet.end(number);
                load.awaitCalls(STEP);
            }
            fleet.awaitEndings();
            load.awaitCalls(STEP);
            load.stop();
            long failed = load.failures().size() - failedBefore;
            log.info(
                    "{}: {}; {} of {} calls failed while Pods end",
                    contestant,
                    shares(even, scaled),
                    failed,
                    load.calls() - callsBefore);
            assertThat(load.calls()).isGreaterThan(2L * CALLS);
        }
    }

    private static String shares(List<Long> even, List<Long> scaled) {
        long before = sum(even);
        long fresh = sum(scaled.subList(PODS, 2 * PODS));
        return String.format(
                Locale.ROOT,
                "busiest Pod: %.0f %% of calls; after scaling from %d to %d, the new ones get %.0f %%",
                100.0 * Collections.max(even) / before,
                PODS,
                2 * PODS,
                100.0 * fresh / (sum(scaled) - before));
    }

    private static long sum(List<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
