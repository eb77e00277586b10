package io.serviceresolver;

import static io.serviceresolver.Pods.pod;
import static io.serviceresolver.Pods.pods;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a user does with a handle. */
class HandleTest extends EngineTest {

    @Override
    ServiceResolverBuilder configure(ServiceResolverBuilder builder) {
        return builder.balancer(Balancers.leastConnections());
    }

    @Test
    void sendsEachCallWhereTheFewestAreInFlight() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pods(3)));
        List<Endpoint> picked = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            picked.add(skippy.acquire().endpoint());
        }
        assertThat(picked.subList(0, 3)).containsExactlyInAnyOrder(pods(3));
        assertThat(picked.subList(3, 6)).containsExactlyInAnyOrder(pods(3));
    }

    @Test
    void countsALeaseUntilItIsClosedAndOnlyOnce() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pod(1)));
        try (Lease lease = skippy.acquire()) {
            assertThat(lease.endpoint()).isEqualTo(pod(1));
            assertThat(skippy.stats().inFlight()).isEqualTo(1);
            lease.success();
            lease.complete(Outcome.SERVER_ERROR);
            assertThat(skippy.stats().inFlight()).isZero();
        }
        skippy.acquire().close();
        assertThat(skippy.stats().inFlight()).isZero();
        assertThat(skippy.stats().completed(Outcome.SUCCESS)).isEqualTo(1);
        assertThat(skippy.stats().completed(Outcome.SERVER_ERROR)).isZero();
        assertThat(skippy.stats().completed(Outcome.UNREPORTED)).isEqualTo(1);
    }

    @Test
    void keepsCountingCallsWhenAnEndpointChangesOrComesBack() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pod(1)));
        Lease lease = skippy.acquire();
        say(() -> source.found(pod(1, Conditions.DRAINING)));
        assertThat(skippy.stats().inFlight()).isEqualTo(1);
        say(() -> source.found());
        assertThat(skippy.stats().inFlight()).isEqualTo(1);
        say(() -> source.found(pod(1)));
        assertThat(skippy.stats().inFlight()).isEqualTo(1);
        lease.success();
        assertThat(skippy.stats().inFlight()).isZero();
    }

    @Test
    void doesNotCountCallsOfThePodThatHadTheAddressBefore() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pod(1), pod(2)));
        List<Lease> held = List.of(skippy.acquire(), skippy.acquire());
        Endpoint reborn = Endpoint.builder("10.0.0.1", 8080).uid("uid-new").build();
        say(() -> source.found(reborn, pod(2)));
        assertThat(skippy.acquire().endpoint()).isEqualTo(reborn);
        held.forEach(Lease::close);
    }

    @Test
    void followsALabelSelectorLive() {
        ServiceHandle canary = follow("skippy").subset("ver=v2");
        time.runDue();
        say(() -> source.found(pod(1, Map.of("ver", "v1")), pod(2, Map.of("ver", "v2"))));
        assertThat(canary.endpoints().endpoints()).extracting(Endpoint::address).containsExactly("10.0.0.2");
        assertThat(canary.resolve().address()).isEqualTo("10.0.0.2");
        say(() -> source.found(pod(1, Map.of("ver", "v2")), pod(2, Map.of("ver", "v1"))));
        assertThat(canary.resolve().address()).isEqualTo("10.0.0.1");
        say(() -> source.found(pod(1, Map.of("ver", "v1"))));
        assertThatThrownBy(canary::resolve)
                .isInstanceOf(NoEndpointsException.class)
                .hasMessage("skippy.shield[ver=v2]: no endpoints (0 match; watch: 1 of 1 endpoints ready)");
    }

    @Test
    void doesNotFailInTheMomentInWhichASubsetIsMade() throws Exception {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pod(1, Map.of("ver", "v1")), pod(2, Map.of("ver", "v2"))));
        time.advance(Duration.ofMinutes(1));
        CompletableFuture<Endpoint> canary = skippy.subset("ver=v2").resolveAsync();
        time.runDue();
        assertThat(get(canary).address()).isEqualTo("10.0.0.2");
    }

    @Test
    void givesTheSameSubsetForTheSameSelectorAndNarrowsASubset() {
        ServiceHandle skippy = follow("skippy");
        ServiceHandle v2 = skippy.subset("ver=v2");
        assertThat(skippy.subset("ver = v2")).isSameAs(v2);
        assertThat(v2.subset("tier=web")).isSameAs(skippy.subset("tier=web,ver=v2"));
        assertThat(skippy.subset("")).isSameAs(skippy);
    }

    @Test
    void countsTheCallsOfASubsetTogetherWithThoseOfTheWhole() {
        ServiceHandle skippy = follow("skippy");
        ServiceHandle canary = skippy.subset("ver=v2");
        time.runDue();
        say(() -> source.found(pod(1), pod(2, Map.of("ver", "v2"))));
        Lease held = canary.acquire();
        assertThat(skippy.resolve()).isEqualTo(pod(1));
        held.close();
    }

    @Test
    void resolvesWithoutBlockingAsSoonAsASourceAnswers() throws Exception {
        ServiceHandle skippy = follow("skippy");
        CompletableFuture<Endpoint> endpoint = skippy.resolveAsync();
        CompletableFuture<Lease> lease = skippy.acquireAsync();
        time.runDue();
        assertThat(endpoint).isNotDone();
        say(() -> source.found(pod(1)));
        assertThat(get(endpoint)).isEqualTo(pod(1));
        assertThat(get(lease).endpoint()).isEqualTo(pod(1));
        assertThat(skippy.stats().inFlight()).isEqualTo(1);
    }

    @Test
    void awaitsReadinessThoughTheServiceIsKnownToBeEmpty() throws Exception {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pod(1, Conditions.NOT_READY)));
        CompletableFuture<Void> ready = skippy.awaitReadyAsync(Duration.ofMinutes(1));
        CompletableFuture<Endpoint> pick = skippy.resolveAsync();
        time.runDue();
        assertThat(failure(pick)).isInstanceOf(NoEndpointsException.class);
        assertThat(ready).isNotDone();
        say(() -> source.found(pod(1)));
        get(ready);
    }

    @Test
    void stopsAwaitingReadinessWhenItsTimeIsOver() throws Exception {
        ServiceHandle skippy = follow("skippy");
        CompletableFuture<Void> ready = skippy.awaitReadyAsync(Duration.ofMinutes(1));
        time.advance(Duration.ofMinutes(1));
        assertThat(failure(ready))
                .isInstanceOf(NoEndpointsException.class)
                .hasMessage("skippy.shield: no endpoints (watch: no answer yet)");
    }

    @Test
    void leavesTheWaitWhenTheThreadIsInterrupted() {
        ServiceHandle skippy = follow("skippy");
        Thread.currentThread().interrupt();
        assertThatThrownBy(skippy::resolve).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void tellsAListenerTheNewestSetAndSurvivesItsFailures() throws Exception {
        ServiceHandle skippy = follow("skippy");
        BlockingQueue<Integer> sizes = new LinkedBlockingQueue<>();
        CountDownLatch blocked = new CountDownLatch(1);
        var registration = skippy.addListener(set -> {
            sizes.add(set.size());
            if (set.size() == 1) {
                await(blocked);
                throw new IllegalArgumentException("a failing listener");
            }
        });
        time.runDue();
        assertThat(sizes.poll(30, TimeUnit.SECONDS)).isZero();
        say(() -> source.found(pods(1)));
        assertThat(sizes.poll(30, TimeUnit.SECONDS)).isEqualTo(1);
        say(() -> source.found(pods(2)));
        say(() -> source.found(pods(3)));
        assertThat(skippy.resolve()).isNotNull();
        blocked.countDown();
        assertThat(sizes.poll(30, TimeUnit.SECONDS)).isEqualTo(3);
        registration.close();
        registration.close();
        say(() -> source.found(pods(4)));
        assertThat(sizes).isEmpty();
    }

    @Test
    void isNotDisturbedByASetThatChangesNothing() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pods(7)));
        Set<Endpoint> picked = new HashSet<>();
        for (int i = 0; i < 7; i++) {
            picked.add(skippy.acquire().endpoint());
            say(() -> source.found(pods(7)));
        }
        assertThat(picked).hasSize(7);
        assertThat(skippy.endpoints().version()).isEqualTo(1);
    }

    @Test
    void makesANewPickerOnlyWhenItHasOthersToPickFrom() {
        AtomicInteger updates = new AtomicInteger();
        ServiceResolver counting = ServiceResolver.builder()
                .source(source)
                .balancer(random -> candidates -> {
                    updates.incrementAndGet();
                    return () -> candidates.get(0);
                })
                .time(time::nanoTime, time)
                .build();
        counting.service("skippy");
        time.runDue();
        say(() -> source.found(pod(1), pod(2, Conditions.NOT_READY)));
        say(() -> source.found(pod(1), pod(2, Conditions.GONE)));
        say(() -> source.found(pod(1)));
        assertThat(updates).hasValue(1);
        say(() -> source.found(pod(1), pod(2)));
        assertThat(updates).hasValue(2);
        counting.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void picksAgainWhenTheSameEndpointsAreReadyAgainAfterNoneWas() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pod(1)));
        say(() -> source.found(pod(1, Conditions.NOT_READY)));
        assertThat(skippy.stats().pickable()).isZero();
        say(() -> source.found(pod(1)));
        assertThat(skippy.stats().pickable()).isEqualTo(1);
        assertThat(skippy.resolve()).isEqualTo(pod(1));
    }
}
