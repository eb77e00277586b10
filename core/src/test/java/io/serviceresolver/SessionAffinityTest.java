package io.serviceresolver;

import static io.serviceresolver.Pods.pod;
import static io.serviceresolver.Pods.pods;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.call.Lease;
import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.InternalTrafficPolicy;
import io.serviceresolver.endpoint.PodLabels;
import io.serviceresolver.endpoint.ServiceTraits;
import io.serviceresolver.health.OutlierPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A Service with {@code sessionAffinity: ClientIP}. The balancer goes round, so that every other pick is another Pod. */
class SessionAffinityTest extends EngineTest {

    private static final Duration TIMEOUT = Duration.ofHours(3);
    private static final Duration TICK = Duration.ofNanos(1);

    private final AtomicLong clockReads = new AtomicLong();
    private final AtomicInteger updates = new AtomicInteger();

    @Override
    ServiceResolverBuilder configure(ServiceResolverBuilder builder) {
        return builder.idleTimeout(Duration.ofDays(30))
                .outliers(OutlierPolicy.never())
                .balancer(random -> {
                    var round = Balancers.roundRobin().create(random);
                    return candidates -> {
                        updates.incrementAndGet();
                        return round.update(candidates);
                    };
                })
                .time(
                        () -> {
                            clockReads.incrementAndGet();
                            return time.nanoTime();
                        },
                        time);
    }

    @Test
    void keepsToTheEndpointThatTheBalancerChoseFirst() {
        ServiceHandle skippy = followSticky(pods(7));
        Endpoint first = skippy.resolve();
        for (int i = 0; i < 20; i++) {
            assertThat(skippy.resolve()).isEqualTo(first);
            try (Lease lease = skippy.acquire()) {
                assertThat(lease.endpoint()).isEqualTo(first);
                assertThat(skippy.stats().inFlight()).isEqualTo(1);
            }
        }
        assertThat(skippy.stats().inFlight()).isZero();
    }

    @Test
    void choosesAnewWhenTheTimeOutHasPassedSinceTheLastUse() {
        ServiceHandle skippy = followSticky(pods(7));
        Endpoint first = skippy.resolve();
        time.advance(TIMEOUT.minus(TICK));
        assertThat(skippy.resolve()).isEqualTo(first);
        time.advance(TIMEOUT.minus(TICK));
        assertThat(skippy.resolve()).isEqualTo(first);
        time.advance(TIMEOUT);
        Endpoint second = skippy.resolve();
        assertThat(second).isNotEqualTo(first);
        assertThat(skippy.resolve()).isEqualTo(second);
    }

    @Test
    void staysThroughUpdatesUntilTheEndpointMayNotBeChosen() {
        ServiceHandle skippy = followSticky(pods(3));
        Endpoint first = skippy.resolve();
        say(() -> sticky(pods(7)));
        assertThat(skippy.resolve()).isEqualTo(first);
        Endpoint[] draining = Arrays.stream(pods(7))
                .map(one -> one.equals(first)
                        ? one.toBuilder().conditions(Conditions.DRAINING).build()
                        : one)
                .toArray(Endpoint[]::new);
        say(() -> sticky(draining));
        Endpoint second = skippy.resolve();
        assertThat(second.id()).isNotEqualTo(first.id());
        say(() -> sticky(pods(7)));
        assertThat(skippy.resolve()).isEqualTo(second);
    }

    @Test
    void forgetsAnEndpointThatLeftAndCameBackUnused() {
        ServiceHandle skippy = followSticky(pod(1), pod(2));
        Endpoint first = skippy.resolve();
        Endpoint other = first.equals(pod(1)) ? pod(2) : pod(1);
        say(() -> sticky(other));
        say(() -> sticky(pod(1), pod(2)));
        assertThat(skippy.resolve()).isEqualTo(other);
    }

    @Test
    void eachSubsetHasAnEndpointOfItsOwn() {
        ServiceHandle skippy =
                followSticky(pod(1, Map.of("ver", "v1")), pod(2, Map.of("ver", "v2")), pod(3, Map.of("ver", "v2")));
        ServiceHandle v1 = skippy.subset("ver=v1");
        ServiceHandle v2 = skippy.subset("ver=v2");
        time.runDue();
        Endpoint whole = skippy.resolve();
        Endpoint canary = v2.resolve();
        for (int i = 0; i < 5; i++) {
            assertThat(v1.resolve().address()).isEqualTo("10.0.0.1");
            assertThat(v2.resolve()).isEqualTo(canary);
            assertThat(skippy.resolve()).isEqualTo(whole);
        }
    }

    @Test
    void beginsAndEndsWithTheTraitAndAsksTheBalancerForNoNewPicker() {
        ServiceHandle skippy = followSticky(pods(2));
        assertThat(skippy.resolve()).isEqualTo(skippy.resolve());
        say(() -> source.found(ServiceTraits.DEFAULT, pods(2)));
        assertThat(skippy.resolve()).isNotEqualTo(skippy.resolve());
        say(() -> sticky(pods(2)));
        assertThat(skippy.resolve()).isEqualTo(skippy.resolve());
        assertThat(updates).hasValue(1);
    }

    @Test
    void readsTheClockOnAPickOnlyWhereThereIsAffinity() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pods(3)));
        long before = clockReads.get();
        skippy.resolve();
        skippy.acquire().close();
        assertThat(clockReads).hasValue(before);
        say(() -> sticky(pods(3)));
        before = clockReads.get();
        skippy.resolve();
        assertThat(clockReads).hasValue(before + 1);
    }

    @Test
    void threadsThatCallAtTheSameTimeAgreeOnOneEndpoint() throws Exception {
        int threads = 8;
        ServiceHandle skippy = followSticky(pods(50));
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < 50; round++) {
                CyclicBarrier start = new CyclicBarrier(threads);
                Callable<Endpoint> call = () -> {
                    start.await(30, TimeUnit.SECONDS);
                    return skippy.resolve();
                };
                List<Future<Endpoint>> calls = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    calls.add(executor.submit(call));
                }
                Endpoint agreed = calls.get(0).get(30, TimeUnit.SECONDS);
                for (Future<Endpoint> one : calls) {
                    assertThat(one.get(30, TimeUnit.SECONDS)).isEqualTo(agreed);
                }
                time.advance(TIMEOUT);
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private ServiceHandle followSticky(Endpoint... endpoints) {
        ServiceHandle handle = follow("skippy");
        say(() -> sticky(endpoints));
        return handle;
    }

    private void sticky(Endpoint... endpoints) {
        source.found(new ServiceTraits(InternalTrafficPolicy.CLUSTER, TIMEOUT, PodLabels.KNOWN), endpoints);
    }
}
