package io.serviceresolver;

import static io.serviceresolver.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.call.Lease;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.source.SourceAnswer;
import io.serviceresolver.source.StaticSource;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The end of a resolver, on its own threads. */
class CloseTest extends EngineTest {

    @Test
    void leavesNoThreadAndMayBeClosedAgain() throws Exception {
        Set<Thread> before = ourThreads();
        ServiceResolver real = ServiceResolver.builder()
                .source(source)
                .cluster(new ClusterContext("shield", "cluster.local"))
                .firstAnswerTimeout(PATIENCE)
                .build();
        ServiceHandle skippy = real.service("skippy");
        CompletableFuture<Endpoint> pick = skippy.resolveAsync();
        awaitSubscription();
        source.found(pod(1));
        assertThat(get(pick)).isEqualTo(pod(1));
        Set<Thread> started = ourThreads();
        started.removeAll(before);
        assertThat(started).isNotEmpty();
        real.close();
        real.close();
        for (Thread thread : started) {
            thread.join(TimeUnit.SECONDS.toMillis(30));
            assertThat(thread.isAlive()).as("%s", thread).isFalse();
        }
        assertThat(source.log).endsWith("close skippy.shield", "closed");
        assertThatThrownBy(skippy::resolve)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("skippy.shield: the resolver is closed");
        assertThatThrownBy(() -> real.service("other")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> real.service("skippy")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void endsAllThoughTheThreadThatClosesIsInterrupted() throws Exception {
        ServiceResolver real = ServiceResolver.builder()
                .source(source)
                .cluster(new ClusterContext("shield", "cluster.local"))
                .build();
        CompletableFuture<Void> ready = real.service("skippy").awaitReadyAsync(Duration.ofDays(1));
        awaitSubscription();
        Thread.currentThread().interrupt();
        real.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure(ready)).hasMessage("skippy.shield: the resolver is closed");
    }

    @Test
    void endsWhatWasAskedForJustBefore() throws Exception {
        int atOnce = 0;
        for (int i = 0; i < 100; i++) {
            ServiceResolver real = ServiceResolver.builder()
                    .source(StaticSource.of("skippy", pod(1)))
                    .cluster(new ClusterContext("shield", "cluster.local"))
                    .build();
            CompletableFuture<Endpoint> pick = real.service("skippy").resolveAsync();
            real.close();
            if (pick.isDone()) {
                atOnce++;
            }
            get(pick.handle((endpoint, failure) -> "an end"));
        }
        // It is waited for, but not for long.
        assertThat(atOnce).isGreaterThan(50);
    }

    @Test
    void failsThoseWhoWaitAndLetsLeasesEnd() throws Exception {
        ServiceHandle skippy = follow("skippy");
        ServiceHandle other = follow("other");
        CompletableFuture<Endpoint> waiting = other.resolveAsync();
        time.runDue();
        source.listener().onAnswer(new SourceAnswer.Found(EndpointSet.of(List.of(pod(1)))));
        time.runDue();
        Lease lease = skippy.acquire();
        resolver.close();
        time.runDue();
        assertThat(failure(waiting)).isInstanceOf(IllegalStateException.class);
        lease.success();
        assertThat(skippy.stats().inFlight()).isZero();
        assertThat(source.log).contains("closed");
    }

    @Test
    void worksOnItsOwnThreadsWithoutAnyHelp() {
        try (ServiceResolver real = ServiceResolver.builder()
                .source(StaticSource.of("skippy", pod(1)))
                .cluster(new ClusterContext("shield", "cluster.local"))
                .firstAnswerTimeout(PATIENCE)
                .build()) {
            assertThat(real.service("skippy").resolve()).isEqualTo(pod(1));
            assertThatThrownBy(() -> real.service("nobody").resolve())
                    .isInstanceOf(NoEndpointsException.class)
                    .hasMessageStartingWith("nobody.shield: no endpoints (static: ");
        }
    }

    private static Set<Thread> ourThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("service-resolver"))
                .filter(Thread::isAlive)
                .collect(Collectors.toSet());
    }

    private void awaitSubscription() throws InterruptedException {
        synchronized (source) {
            while (!source.isAsked()) {
                source.wait(100);
            }
        }
    }
}
