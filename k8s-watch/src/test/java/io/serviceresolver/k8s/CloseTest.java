package io.serviceresolver.k8s;

import static io.serviceresolver.k8s.WatchLab.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.source.SourceAnswer;
import io.serviceresolver.source.SourceAnswer.Unavailable;
import io.serviceresolver.source.Subscription;
import io.serviceresolver.testkit.ApiFault;
import io.serviceresolver.testkit.ApiServer;
import io.serviceresolver.testkit.ApiVerb;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Nothing is left of a source that is closed, whatever it was doing. */
class CloseTest {

    private static final String FOUND = "found 127.0.0.2:8080";

    @Test
    void leavesNoThreadBehind() throws InterruptedException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (ApiServer server = ApiServer.start()) {
            server.put(slice("a", "127.0.0.2"));
            useAndClose(server, before);
        }
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!before.contains(thread) && !thread.getName().startsWith("Common-Cleaner")) {
                // The selector of the JDK's client ends when the client is collected, on Java 17.
                for (int i = 0; i < 60 && thread.isAlive(); i++) {
                    System.gc();
                    thread.join(500);
                }
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }

    private static void useAndClose(ApiServer server, Set<Thread> before) {
        WatchLab lab = new WatchLab(server);
        lab.watch("skippy", FOUND);
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> !before.contains(thread))
                        .filter(thread -> thread.getName().equals("service-resolver-watch")))
                .hasSizeBetween(1, 2)
                .allMatch(Thread::isDaemon);
        lab.close();
    }

    @Test
    void endsAListThatIsOnItsWay() {
        CountDownLatch gate = new CountDownLatch(1);
        try (WatchLab lab = new WatchLab()) {
            lab.server.on(ApiVerb.LIST).next(ApiFault.held(gate));
            Follower follower = lab.follow("skippy");
            lab.server.awaitRequests(ApiVerb.LIST, 1);
            lab.subscriptions.get(0).close();
            lab.time.runDue();
            assertThat(lab.time.pending()).isZero();
            gate.countDown();
            lab.advance(Duration.ofMinutes(10));
            assertThat(follower.answers).isEmpty();
            assertThat(lab.source.apiRequests()).isOne();
        }
    }

    @Test
    void endsWhileItWaitsForItsNextAttempt() {
        try (WatchLab lab = new WatchLab()) {
            lab.server.on(ApiVerb.LIST).always(ApiFault.status(500));
            Follower follower = lab.follow("skippy");
            lab.untilSaid(follower, ": 500");
            lab.source.close();
            lab.time.runDue();
            assertThat(lab.time.pending()).isZero();
        }
    }

    @Test
    void endsFromWithinAListener() {
        try (WatchLab lab = new WatchLab()) {
            lab.server.put(slice("a", "127.0.0.2"));
            List<SourceAnswer> answers = new ArrayList<>();
            lab.source.subscribe(ServiceName.parse("skippy", lab.context.cluster()), lab.context, answer -> {
                answers.add(answer);
                lab.source.close();
            });
            lab.until(() -> "an answer", () -> !answers.isEmpty());
            lab.time.runDue();
            assertThat(lab.time.pending()).isZero();
            assertThat(answers).hasSize(1);
        }
    }

    @Test
    void endsASubscriptionFromWithinItsListener() {
        try (WatchLab lab = new WatchLab()) {
            lab.server.put(slice("a", "127.0.0.2"));
            Follower other = lab.watch("skippy", FOUND);
            List<Subscription> self = new ArrayList<>();
            List<SourceAnswer> answers = new ArrayList<>();
            self.add(lab.source.subscribe(ServiceName.parse("skippy", lab.context.cluster()), lab.context, answer -> {
                answers.add(answer);
                self.get(0).close();
            }));
            lab.time.runDue();
            lab.server.put(slice("b", "127.0.0.3"));
            lab.until(other, "found 127.0.0.2:8080 127.0.0.3:8080");
            assertThat(answers).hasSize(1);
        }
    }

    @Test
    void goesOnWhenAListenerThrows() {
        try (WatchLab lab = new WatchLab()) {
            lab.server.put(slice("a", "127.0.0.2"));
            lab.source.subscribe(ServiceName.parse("skippy", lab.context.cluster()), lab.context, answer -> {
                throw new IllegalStateException("on purpose");
            });
            Follower other = lab.watch("skippy", FOUND);
            lab.server.put(slice("b", "127.0.0.3"));
            lab.until(other, "found 127.0.0.2:8080 127.0.0.3:8080");
        }
    }

    @Test
    void survivesTheEndOfItsScheduler() {
        try (WatchLab lab = new WatchLab()) {
            lab.server.put(slice("a", "127.0.0.2"));
            lab.watch("skippy", FOUND);
            lab.scheduler.shutdownNow();
            lab.server.put(slice("b", "127.0.0.3"));
            lab.server.resetWatches();
            lab.subscriptions.get(0).close();
            lab.source.close();
            lab.server.awaitWatches(0);
        }
    }

    @Test
    void opensAndClosesOverAndOver() {
        try (ApiServer server = ApiServer.start()) {
            server.put(slice("a", "127.0.0.2"));
            for (int i = 0; i < 50; i++) {
                WatchLab lab = new WatchLab(server);
                lab.follow("skippy", FOUND);
                lab.subscriptions.forEach(Subscription::close);
                lab.source.close();
                lab.source.close();
            }
            server.awaitWatches(0);
        }
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        EndpointSliceSourceBuilder builder = EndpointSliceSource.builder();
        assertThatThrownBy(() -> builder.silenceTimeout(Duration.ofSeconds(4)))
                .hasMessage("silenceTimeout: PT4S (expected: PT5S to PT1H)");
        assertThatThrownBy(() -> builder.disconnectGrace(Duration.ofSeconds(-1)))
                .hasMessage("disconnectGrace: PT-1S (expected: PT0S to PT1H)");
        assertThatThrownBy(() -> builder.maxEndpoints(0)).hasMessage("maxEndpoints: 0 (expected: 1 or more)");
        builder.silenceTimeout(Duration.ofSeconds(25))
                .disconnectGrace(Duration.ZERO)
                .maxEndpoints(1)
                .inCluster()
                .build()
                .close();
    }

    @Test
    void saysWhatIsWrongWithItsConfiguration() {
        try (WatchLab lab = new WatchLab(
                ApiServer.start(), Transports.ofKubeconfig(Path.of("/nowhere/kubeconfig")), WatchOptions.DEFAULTS)) {
            lab.untilSaid(lab.follow("skippy"), "kubeconfig: /nowhere/kubeconfig (expected: a file that can be read)");
        }
        try (WatchLab lab =
                new WatchLab(ApiServer.start(), new InCluster(Map.of(), Path.of("/nowhere")), WatchOptions.DEFAULTS)) {
            SourceAnswer never =
                    Unavailable.forGood("KUBERNETES_SERVICE_HOST: not set (expected: the address of the API server)");
            assertThat(lab.follow("skippy").answers).containsExactly(never);
            assertThat(lab.select("app=skippy", ServicePort.number(80)).answers).containsExactly(never);
            assertThat(lab.source.requests()).isZero();
        }
    }
}
