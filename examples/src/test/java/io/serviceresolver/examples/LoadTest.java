package io.serviceresolver.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.ServiceResolver;
import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.health.OutlierPolicy;
import io.serviceresolver.source.StaticSource;
import io.serviceresolver.testkit.PodServer;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** That no call of the demo failed means something only if a call that fails is counted so. */
class LoadTest {

    private static final Pace FAST = new Pace(1_000, 16);

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2, DemoThreads.named("test-timer"));
    private final ExecutorService http = Executors.newCachedThreadPool(DemoThreads.named("test-http"));
    private final List<PodServer> pods = PodServer.fleet(2, 0);
    private final Client client = Client.of(
            ServiceResolver.builder()
                    .source(StaticSource.of(
                            "skippy",
                            pods.stream()
                                    .map(pod -> Endpoint.of(pod.address(), pod.port()))
                                    .toArray(Endpoint[]::new)))
                    // Each failure is to be counted: none is made good elsewhere, nor keeps later calls away.
                    .balancer(Balancers.roundRobin())
                    .retries(RetryPolicy.never())
                    .outliers(OutlierPolicy.never()),
            "skippy",
            http);

    @AfterEach
    void closeAll() {
        client.close();
        pods.forEach(PodServer::close);
        timer.shutdownNow();
        http.shutdownNow();
    }

    @Test
    void makesAllItsCallsAndCountsThemByPod() {
        LoadReport report = Load.start(client, 40, FAST, timer).await();
        assertThat(report.calls()).isEqualTo(40);
        assertThat(report.failed()).isZero();
        assertThat(report.perPod()).containsEntry("pod-1", 20L).containsEntry("pod-2", 20L);
        assertThat(report.p50Millis()).isPositive().isLessThanOrEqualTo(report.p99Millis());
        assertThat(pods).extracting(PodServer::calls).containsExactly(20L, 20L);
    }

    @Test
    void countsAnAnswerOtherThan200AsFailed() {
        pods.get(1).status(503);
        LoadReport report = Load.start(client, 40, FAST, timer).await();
        assertThat(report.calls()).isEqualTo(40);
        assertThat(report.failed()).isEqualTo(20);
        assertThat(report.failures()).containsEntry("HTTP 503 by pod-2", 20L);
    }

    @Test
    void countsARefusedConnectionAsFailed() {
        pods.get(0).close();
        LoadReport report = Load.start(client, 40, FAST, timer).await();
        assertThat(report.failed()).isEqualTo(20);
        assertThat(report.perPod()).containsOnlyKeys("pod-2");
    }

    @Test
    void stopWaitsForTheCallsInFlight() {
        pods.forEach(PodServer::hold);
        Load load = Load.start(client, Long.MAX_VALUE, FAST, timer);
        pods.forEach(pod -> pod.awaitCalls(4));
        timer.execute(() -> pods.forEach(PodServer::release));
        LoadReport report = load.stop();
        assertThat(report.failed()).isZero();
        assertThat(report.calls())
                .isEqualTo(pods.stream().mapToLong(PodServer::calls).sum());
    }

    @Test
    void neverHasMoreCallsInFlightThanAllowed() {
        pods.forEach(PodServer::hold);
        Load load = Load.start(client, 100, FAST, timer);
        pods.forEach(pod -> pod.awaitCalls(8));
        pods.forEach(PodServer::release);
        assertThat(load.await().calls()).isEqualTo(100);
        assertThat(pods).allSatisfy(pod -> assertThat(pod.maxInFlight()).isLessThanOrEqualTo(16));
    }
}
