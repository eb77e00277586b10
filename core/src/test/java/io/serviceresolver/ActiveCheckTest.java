package io.serviceresolver;

import static io.serviceresolver.Pods.pod;
import static io.serviceresolver.Pods.pods;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.check.HealthCheck;
import io.serviceresolver.check.ProbeResult;
import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.source.KnownEndpoint;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Endpoints that active checks find unhealthy. */
class ActiveCheckTest extends EngineTest {

    private static final Duration STEP = Duration.ofMillis(100);
    private static final int PATIENCE_SECONDS = 30;

    /** Longer than the time that passes, step by step, while a thread is late with a check and is waited for. */
    private static final Duration UNUSED = Duration.ofHours(6);

    /** The checks of which nobody answered yet: answered by the test's own thread, so that it knows when that is. */
    private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();

    private final Set<Endpoint> bad = ConcurrentHashMap.newKeySet();

    /** A check in flight. */
    private record Asked(Endpoint endpoint, Answer answer) {}

    /** Knows when somebody waits for it: who completes it from then on knows on which thread that takes effect. */
    private static final class Answer extends CompletableFuture<ProbeResult> {

        private final CountDownLatch awaited = new CountDownLatch(1);

        @Override
        public CompletableFuture<ProbeResult> whenComplete(BiConsumer<? super ProbeResult, ? super Throwable> action) {
            CompletableFuture<ProbeResult> next = super.whenComplete(action);
            awaited.countDown();
            return next;
        }
    }

    @Override
    ServiceResolverBuilder configure(ServiceResolverBuilder builder) {
        HealthCheck check = HealthCheck.of(endpoint -> {
                    Asked one = new Asked(endpoint, new Answer());
                    asked.add(one);
                    return one.answer();
                })
                .withTimeout(UNUSED.multipliedBy(100))
                .withThresholds(1, 1);
        return builder.idleTimeout(UNUSED)
                .healthCheck(service -> service.toString().startsWith("free")
                        ? Optional.empty()
                        : Optional.of(service.toString().startsWith("shy") ? check.initiallyUnhealthy() : check));
    }

    private ServiceHandle skippy(String name, Endpoint... endpoints) {
        ServiceHandle skippy = follow(name);
        say(() -> source.found(endpoints));
        return skippy;
    }

    /** Answers checks until each of these endpoints was asked, and lets the answers take effect: whom they were about. */
    private Set<Endpoint> answer(Endpoint... expected) throws InterruptedException {
        Set<Endpoint> answered = ConcurrentHashMap.newKeySet();
        while (!answered.containsAll(Set.of(expected))) {
            answered.add(answerNext());
        }
        time.runDue();
        time.advance(Duration.ofMillis(50));
        return answered;
    }

    private Endpoint answerNext() throws InterruptedException {
        Asked one = next();
        one.answer().complete(bad.contains(one.endpoint()) ? ProbeResult.failed("HTTP 503") : ProbeResult.passed());
        return one.endpoint();
    }

    private Asked next() throws InterruptedException {
        for (int i = 0; i < PATIENCE_SECONDS * 1_000; i++) {
            Asked one = asked.poll(1, TimeUnit.MILLISECONDS);
            if (one != null) {
                assertThat(one.answer().awaited.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                        .isTrue();
                return one;
            }
            time.advance(STEP);
        }
        throw new AssertionError("nobody is checked");
    }

    private static Set<Endpoint> pickedBy(ServiceHandle handle) {
        return IntStream.range(0, 20).mapToObj(i -> handle.resolve()).collect(Collectors.toSet());
    }

    @Test
    void leavesOutWhatIsUnhealthyUntilItIsHealthyAgain() throws Exception {
        ServiceHandle skippy = skippy("skippy", pods(3));
        assertThat(skippy.stats().pickable()).isEqualTo(3);
        bad.add(pod(2));
        answer(pods(3));
        assertThat(pickedBy(skippy)).containsExactlyInAnyOrder(pod(1), pod(3));
        assertThat(skippy.stats().unhealthy()).isEqualTo(1);
        assertThat(skippy.stats().checksPassed()).isGreaterThanOrEqualTo(2);
        assertThat(skippy.stats().checksFailed()).isGreaterThanOrEqualTo(1);
        assertThat(skippy.endpoints().size()).isEqualTo(3);
        bad.clear();
        answer(pod(2));
        assertThat(pickedBy(skippy)).hasSize(3);
    }

    @Test
    void explainsWhatEachVerdictIs() throws Exception {
        ServiceHandle skippy = skippy("skippy", pods(5));
        source.known = Arrays.stream(pods(5))
                .map(one -> new KnownEndpoint(one, "", "", Duration.ZERO, Optional.empty()))
                .toList();
        bad.add(pod(2));
        answer(pods(5));
        for (int i = 0; i < 5; i++) {
            var lease = skippy.acquire();
            lease.complete(lease.endpoint().equals(pod(4)) ? Outcome.CONNECT_FAILED : Outcome.SUCCESS);
        }
        time.runDue();
        CompletableFuture<Explanation> explained = skippy.explain();
        time.runDue();
        assertThat(get(explained).endpoints().stream()
                        .flatMap(one -> one.leftOut().stream())
                        .map(verdict -> verdict.filter() + ": " + verdict.reason()))
                .satisfiesExactly(
                        two -> assertThat(two).startsWith("check: check failed: HTTP 503, "),
                        four -> assertThat(four)
                                .startsWith("health: left alone for ")
                                .endsWith("no connection"));
        assertThat(pickedBy(skippy)).containsExactlyInAnyOrder(pod(1), pod(3), pod(5));
    }

    @Test
    void usesAllWhereTooFewWouldBeLeftAndSaysSo() throws Exception {
        ServiceHandle skippy = skippy("skippy", pods(3));
        bad.addAll(Set.of(pod(1), pod(2)));
        answer(pods(3));
        assertThat(skippy.stats().unhealthy()).isEqualTo(2);
        assertThat(pickedBy(skippy)).hasSize(3);
        CompletableFuture<Explanation> explained = skippy.explain();
        time.runDue();
        assertThat(get(explained).notes()).contains("panic: checks find 2 of 3 endpoints unhealthy, all are used");
    }

    @Test
    void takesANewEndpointForUnhealthyWhereThatIsWanted() throws Exception {
        ServiceHandle shy = skippy("shy", pods(2));
        assertThat(shy.stats().pickable()).as("as none is known to be healthy").isEqualTo(2);
        answer(pods(2));
        say(() -> source.found(pods(3)));
        assertThat(pickedBy(shy)).containsExactlyInAnyOrder(pod(1), pod(2));
        answer(pod(3));
        assertThat(pickedBy(shy)).hasSize(3);
    }

    @Test
    void checksOnlyWhatCouldBePicked() throws Exception {
        skippy("skippy", pod(1), pod(2, Conditions.NOT_READY), pod(3, Conditions.DRAINING));
        for (int i = 0; i < 3; i++) {
            assertThat(answer(pod(1))).containsExactly(pod(1));
        }
    }

    @Test
    void checksNoneWhereNoneIsToBeChecked() throws Exception {
        ServiceHandle free = skippy("free", pods(3));
        int timers = time.pending();
        time.advance(Duration.ofMinutes(1));
        assertThat(asked).isEmpty();
        assertThat(time.pending()).isLessThanOrEqualTo(timers);
        assertThat(free.stats().unhealthy()).isZero();
    }

    @Test
    void forgetsAnEndpointThatWent() throws Exception {
        ServiceHandle skippy = skippy("skippy", pods(3));
        bad.add(pod(2));
        answer(pods(3));
        say(() -> source.found(pod(1), pod(3)));
        assertThat(skippy.stats().unhealthy()).isZero();
        say(() -> source.found(pods(3)));
        assertThat(skippy.stats().pickable()).isEqualTo(3);
    }

    @Test
    void cancelsAndChecksNoMoreWhenTheServiceIsNotUsed() throws Exception {
        int timers = time.pending();
        skippy("skippy", pods(3));
        List<Asked> all = List.of(next(), next(), next());
        time.advance(UNUSED.multipliedBy(2));
        for (Asked one : all) {
            // On a thread of its own, as users' code may run then.
            assertThatThrownBy(() -> get(one.answer())).isInstanceOf(CancellationException.class);
        }
        assertThat(source.subscriptions()).isZero();
        time.advance(Duration.ofMinutes(5));
        assertThat(asked).isEmpty();
        await("threads of checks have told all they had to tell, and no timer is left", () -> {
            time.runDue();
            return time.pending() <= timers;
        });
    }
}
