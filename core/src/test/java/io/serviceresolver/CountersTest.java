package io.serviceresolver;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.balancer.BalancerFactory;
import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.balancer.Candidate;
import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.source.StaticSource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is counted while several threads make a million calls, and endpoints come and go. */
class CountersTest {

    private static final int THREADS = 3;
    private static final int CALLS = 350_000;

    /** So many calls are on their way at a time. */
    private static final int BEGUN = 64;

    static Stream<Arguments> balancers() {
        return Stream.of(
                Arguments.of("least response time", Balancers.leastResponseTime()),
                Arguments.of("round robin", Balancers.roundRobin()),
                Arguments.of("random", Balancers.random()),
                Arguments.of("two choices", Balancers.powerOfTwoChoices()),
                Arguments.of("three choices", Balancers.powerOfChoices(3)),
                Arguments.of("least connections", Balancers.leastConnections()),
                Arguments.of("peak EWMA", Balancers.peakEwma()),
                Arguments.of("ring hash", Balancers.ringHash()),
                Arguments.of("ring hash, not bounded", Balancers.ringHash(Double.POSITIVE_INFINITY)),
                Arguments.of("maglev", Balancers.maglev()),
                Arguments.of("maglev, not bounded", Balancers.maglev(Double.POSITIVE_INFINITY)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("balancers")
    void nothingIsInFlightInTheEndAndEachCallWasCountedOnce(String name, BalancerFactory balancer) throws Exception {
        StaticSource source = StaticSource.of("skippy", Endpoint.of("10.0.0.1", 80));
        try (ServiceResolver resolver =
                ServiceResolver.builder().source(source).balancer(balancer).build()) {
            ServiceHandle skippy = resolver.service("skippy");
            skippy.awaitReady(Duration.ofSeconds(30));
            AtomicReferenceArray<Runnable> begun = new AtomicReferenceArray<>(BEGUN);
            IntStream.range(0, BEGUN).forEach(place -> begun.set(place, () -> {}));
            CountDownLatch running = new CountDownLatch(THREADS);
            List<CompletableFuture<Void>> callers = IntStream.range(0, THREADS)
                    .mapToObj(seed -> CompletableFuture.runAsync(
                            () -> {
                                call(skippy, begun, new SplittableRandom(seed));
                                running.countDown();
                            },
                            task -> new Thread(task, "caller-" + seed).start()))
                    .toList();
            SplittableRandom random = new SplittableRandom(7);
            while (!running.await(1, TimeUnit.MILLISECONDS)
                    && callers.stream().noneMatch(CompletableFuture::isCompletedExceptionally)) {
                source.set("skippy", some(random));
            }
            for (CompletableFuture<Void> caller : callers) {
                caller.get(30, TimeUnit.SECONDS);
            }
            assertThat(skippy.stats().inFlight()).as(name).isPositive();
            IntStream.range(0, BEGUN).forEach(place -> begun.get(place).run());
            assertThat(skippy.stats().inFlight()).as(name).isZero();
            assertThat(Stream.of(Outcome.values())
                            .mapToLong(skippy.stats()::completed)
                            .sum())
                    .isEqualTo((long) THREADS * CALLS);
        }
    }

    private static Endpoint[] some(SplittableRandom random) {
        return IntStream.rangeClosed(1, 20)
                .filter(n -> n == 1 || random.nextInt(3) > 0)
                .mapToObj(n -> Endpoint.of("10.0.0." + n, 80))
                .toArray(Endpoint[]::new);
    }

    /** Calls of all kinds, a few of which fail. Who ends one is any of the threads. */
    private static void call(ServiceHandle handle, AtomicReferenceArray<Runnable> begun, SplittableRandom random) {
        for (int i = 0; i < CALLS; i++) {
            if (i % 8 == 7) {
                assertThat(callWhole(handle, random.nextInt(100) == 0)).isIn("ok", "reset");
            } else {
                Runnable before = begun.getAndSet(random.nextInt(BEGUN), begin(handle, random, i % 8));
                before.run();
            }
        }
    }

    private static String callWhole(ServiceHandle handle, boolean fails) {
        try {
            return handle.call(endpoint -> {
                if (fails) {
                    throw new IOException("reset");
                }
                return "ok";
            });
        } catch (IOException e) {
            return "reset";
        }
    }

    /** Begins a call, and says how it will end. */
    private static Runnable begin(ServiceHandle handle, SplittableRandom random, int kind) {
        if (kind % 2 == 0) {
            Candidate candidate = handle.begin();
            Outcome outcome = random.nextInt(100) == 0 ? Outcome.CANCELLED : Outcome.SUCCESS;
            return () -> candidate.end(outcome, Candidate.UNTIMED);
        }
        Lease lease = kind == 1 ? handle.acquire() : handle.acquire("key-" + random.nextInt(1_000));
        if (kind == 5) {
            return lease::close;
        }
        Outcome outcome = random.nextInt(100) == 0 ? Outcome.SERVER_ERROR : Outcome.SUCCESS;
        return () -> {
            lease.complete(outcome);
            lease.close();
        };
    }
}
