package io.serviceresolver.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.testkit.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who is asked when. The threads of checks are the event loop here, so that all is in order. */
class CheckScheduleTest {

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final VirtualTime time = new VirtualTime(Long.MAX_VALUE - 5 * SECOND);
    private final long start = time.nanoTime();
    private final ScriptedProbe probe = new ScriptedProbe(() -> time.nanoTime() - start);
    private final AtomicInteger changes = new AtomicInteger();
    private final List<EndpointCheck> started = new ArrayList<>();

    private CheckRunner runner(HealthCheck check, int maxInFlight) {
        return new CheckRunner(check.withMaxInFlight(maxInFlight), time, Runnable::run, new SplittableRandom(7));
    }

    private ServiceChecks service(CheckRunner runner, String name) {
        ServiceName service = new ServiceName(name, "shield", ServicePort.ONLY);
        return runner.service(service, changes::incrementAndGet).orElseThrow();
    }

    private ServiceChecks service(HealthCheck check) {
        return service(runner(check, 32), "skippy");
    }

    /** Has endpoints checked: number n of network m has the address 10.m.x.y. */
    private void check(ServiceChecks service, int network, int count) {
        List<EndpointCheck> added = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Endpoint endpoint = pod(network, i);
            added.add(service.add(() -> endpoint));
        }
        added.forEach(EndpointCheck::start);
        started.addAll(added);
    }

    private static Endpoint pod(int network, int n) {
        return Endpoint.of("10." + network + "." + n / 250 + "." + (n % 250 + 1), 8080);
    }

    @Test
    void asksEachEndpointOnceInEachIntervalFromARandomMomentOn() {
        check(service(HealthCheck.of(probe)), 0, 20);
        time.advance(INTERVAL);
        assertThat(probe.asked).hasSize(20);
        assertThat(probe.asked.values().stream().map(times -> times.get(0) / SECOND))
                .as("not all at once")
                .contains(0L, 9L);
        time.advance(INTERVAL.multipliedBy(9));
        assertThat(probe.asked.values()).allSatisfy(times -> {
            assertThat(times.size()).isBetween(9, 12);
            for (int i = 1; i < times.size(); i++) {
                assertThat(times.get(i) - times.get(i - 1)).isBetween(9 * SECOND, 11 * SECOND);
            }
        });
        assertThat(probe.asked.values().stream()
                        .map(times -> times.get(1) - times.get(0))
                        .distinct())
                .hasSizeGreaterThan(10);
    }

    @Test
    void asksWithinATenthOfTheIntervalWhatIsNotUsedBefore() {
        ServiceChecks service = service(HealthCheck.of(probe).initiallyUnhealthy());
        check(service, 0, 20);
        assertThat(service.unhealthy()).isEqualTo(20);
        time.advance(Duration.ofMillis(1_001));
        assertThat(probe.asked).hasSize(20);
        assertThat(service.unhealthy()).isZero();
    }

    @Test
    void givesUpWhenTimeIsOverAndAsksAgainLater() {
        probe.answer = null;
        ServiceChecks service = service(HealthCheck.of(probe).withThresholds(1, 1));
        check(service, 0, 1);
        while (probe.open.isEmpty()) {
            time.advance(Duration.ofMillis(1));
        }
        time.advance(Duration.ofMillis(998));
        assertThat(service.failed()).isZero();
        time.advance(Duration.ofMillis(2));
        assertThat(service.failed()).isEqualTo(1);
        assertThat(probe.open.get(0)).isCancelled();
        assertThat(started.get(0).reason()).isEqualTo("check failed: no answer within 1000 ms, 1 time");
        probe.answer = ProbeResult.passed();
        time.advance(Duration.ofSeconds(11));
        assertThat(service.passed()).isEqualTo(1);
        assertThat(started.get(0).isUnhealthy()).isFalse();
    }

    @Test
    void tellsOfManyChangesOnce() {
        probe.answer = ProbeResult.failed("HTTP 503");
        ServiceChecks service =
                service(HealthCheck.of(probe).withThresholds(1, 1).withInterval(Duration.ofMillis(100)));
        check(service, 0, 10);
        time.advance(Duration.ofMillis(100));
        assertThat(service.unhealthy()).isEqualTo(10);
        assertThat(changes.get()).isBetween(1, 2);
        time.advance(Duration.ofSeconds(5));
        assertThat(changes.get()).isLessThanOrEqualTo(3);
        assertThat(service.failed()).isGreaterThan(400);
        probe.answer = ProbeResult.passed();
        time.advance(Duration.ofSeconds(1));
        assertThat(service.unhealthy()).isZero();
        assertThat(changes.get()).isBetween(2, 6);
    }

    @Test
    void makesNoMoreChecksAtATimeThanItMayAndLetsAllHaveTheirTurn() {
        probe.answer = null;
        check(service(runner(HealthCheck.of(probe), 4), "skippy"), 0, 100);
        time.advance(Duration.ofSeconds(40));
        assertThat(probe.mostOpen).isEqualTo(4);
        assertThat(probe.asked).hasSize(100);
    }

    @Test
    void letsAServiceWithFewEndpointsNotWaitForOneWithMany() {
        probe.answer = null;
        CheckRunner runner = runner(HealthCheck.of(probe), 4);
        check(service(runner, "many"), 0, 2_000);
        time.advance(Duration.ofMinutes(1));
        check(service(runner, "few"), 1, 3);
        time.advance(Duration.ofSeconds(15));
        assertThat(probe.asked).containsKeys(pod(1, 0), pod(1, 1), pod(1, 2));
        assertThat(probe.asked).as("a queue of many").hasSizeLessThan(400);
    }

    @Test
    void asksLessOftenWhereThereAreManyAndForgetsNone() {
        CheckRunner runner = runner(HealthCheck.of(probe), 32);
        check(service(runner, "many"), 0, 10_000);
        check(service(runner, "few"), 1, 3);
        time.advance(Duration.ofMinutes(2));
        assertThat(probe.times()).isLessThan(120 * 230);
        assertThat(probe.asked).hasSize(10_003);
        assertThat(probe.times(pod(1, 0))).isBetween(10, 14);
    }

    @Test
    void endsWhatIsInFlightWaitingOrDueWhenStopped() {
        probe.answer = null;
        CheckRunner runner = runner(HealthCheck.of(probe).withThresholds(1, 1).initiallyUnhealthy(), 2);
        ServiceChecks service = service(runner, "skippy");
        check(service, 0, 10);
        time.advance(Duration.ofMillis(500));
        assertThat(probe.open).hasSize(2);
        started.forEach(EndpointCheck::stop);
        assertThat(probe.open).allMatch(future -> future.isCancelled());
        time.runDue();
        assertThat(time.pending()).isZero();
        assertThat(service.unhealthy()).isZero();
        assertThat(service.failed()).isZero();
        probe.answer = ProbeResult.passed();
        check(service, 1, 3);
        time.advance(INTERVAL);
        assertThat(probe.asked).as("places are free again").containsKeys(pod(1, 0), pod(1, 1), pod(1, 2));
    }

    @SuppressWarnings("NullAway") // What a user may do all the same.
    private static CompletableFuture<ProbeResult> nothing(Endpoint endpoint) {
        return null;
    }

    @Test
    void takesAnythingButAPassForAFailure() {
        List<Probe> bad = List.of(
                CheckScheduleTest::nothing,
                endpoint -> {
                    throw new IllegalStateException("no\nidea");
                },
                endpoint -> CompletableFuture.completedFuture(null),
                endpoint -> CompletableFuture.failedFuture(new IOException("broken pipe")));
        List<String> reasons = new ArrayList<>();
        for (Probe one : bad) {
            ServiceChecks service = service(HealthCheck.of(one).withThresholds(1, 1));
            check(service, 0, 1);
            time.advance(INTERVAL);
            assertThat(service.failed()).isEqualTo(1);
            reasons.add(started.get(started.size() - 1).reason());
        }
        assertThat(reasons)
                .satisfiesExactly(
                        first -> assertThat(first).contains("NullPointerException"),
                        second -> assertThat(second)
                                .isEqualTo("check failed: IllegalStateException: no\\u000aidea, 1 time"),
                        third -> assertThat(third).isEqualTo("check failed: no result, 1 time"),
                        fourth -> assertThat(fourth).isEqualTo("check failed: broken pipe, 1 time"));
    }
}
