package io.serviceresolver;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.serviceresolver.check.HealthCheck;
import io.serviceresolver.check.Probe;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.source.StaticSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Active checks of real servers, by the threads of the resolver. */
class CheckedPodsTest {

    private final List<HttpServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    /** A server that answers all alike, and tells of each request. */
    private Endpoint pod(int status, BlockingQueue<String> requests) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.4.3", 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Host"));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        servers.add(server);
        return Endpoint.of("127.0.4.3", server.getAddress().getPort());
    }

    private static ServiceResolver resolver(HealthCheck check, Endpoint... pods) {
        return ServiceResolver.builder()
                .source(StaticSource.of("skippy", pods))
                .cluster(new ClusterContext("shield", "cluster.local"))
                .firstAnswerTimeout(EngineTest.PATIENCE)
                .healthCheck(check)
                .build();
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("service-resolver-check"))
                .collect(Collectors.toSet());
    }

    private static void assertEnd(Set<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(30));
            assertThat(thread.isAlive()).as("%s", thread).isFalse();
        }
    }

    @Test
    void findsThePodThatDoesNotWorkAndLeavesNoThread() throws Exception {
        BlockingQueue<String> requests = new LinkedBlockingQueue<>();
        Endpoint good = pod(200, new LinkedBlockingQueue<>());
        Endpoint bad = pod(503, requests);
        HealthCheck check = HealthCheck.http("/healthz")
                .withInterval(Duration.ofMillis(100))
                .withTimeout(EngineTest.PATIENCE);
        Set<Thread> before = threads();
        Set<Thread> started;
        try (ServiceResolver resolver = resolver(check, good, bad)) {
            ServiceHandle skippy = resolver.service("skippy");
            assertThat(skippy.resolve()).isNotNull();
            // When it is asked for the fourth time, the third answer has taken effect.
            for (int i = 0; i < 4; i++) {
                assertThat(requests.poll(30, TimeUnit.SECONDS)).isEqualTo("/healthz skippy.shield.svc");
            }
            assertThat(skippy.explain().get(30, TimeUnit.SECONDS).text())
                    .contains("left out by check: check failed: HTTP 503, ");
            started = threads();
            started.removeAll(before);
            assertThat(started).isNotEmpty();
        }
        assertEnd(started);
    }

    @Test
    void interruptsAProbeThatBlocksForTooLong() throws Exception {
        BlockingQueue<String> interrupted = new LinkedBlockingQueue<>();
        Probe blocking = endpoint -> {
            try {
                new CountDownLatch(1).await();
                throw new AssertionError("nobody counts down");
            } catch (InterruptedException e) {
                interrupted.add(endpoint.toString());
                throw e;
            }
        };
        HealthCheck check =
                HealthCheck.of(blocking).withInterval(Duration.ofMillis(100)).withTimeout(Duration.ofMillis(50));
        try (ServiceResolver resolver = resolver(check, Endpoint.of("10.0.0.1", 80))) {
            assertThat(resolver.service("skippy").resolve()).isNotNull();
            assertThat(interrupted.poll(30, TimeUnit.SECONDS)).isEqualTo("10.0.0.1:80");
            assertThat(interrupted.poll(30, TimeUnit.SECONDS)).isEqualTo("10.0.0.1:80");
        }
    }
}
