package io.serviceresolver;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.balancer.BalancerFactory;
import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.balancer.Candidate;
import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.source.StaticSource;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is counted while several threads call and endpoints come and go. */
class CountersTest {

    private static final int THREADS = 3;
    private static final int CALLS = 100_000;

    static Stream<Arguments> balancers() {
        return Stream.of(
                Arguments.of("round robin", Balancers.roundRobin()),
                Arguments.of("two choices", Balancers.powerOfTwoChoices()),
                Arguments.of("least connections", Balancers.leastConnections()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("balancers")
    void nothingIsInFlightInTheEndAndEachCallWasCountedOnce(String name, BalancerFactory balancer) throws Exception {
        StaticSource source = StaticSource.of("skippy", Endpoint.of("10.0.0.1", 80));
        try (ServiceResolver resolver =
                ServiceResolver.builder().source(source).balancer(balancer).build()) {
            ServiceHandle skippy = resolver.service("skippy");
            skippy.awaitReady(Duration.ofSeconds(30));
            CountDownLatch running = new CountDownLatch(THREADS);
            List<CompletableFuture<Void>> callers = IntStream.range(0, THREADS)
                    .mapToObj(seed -> CompletableFuture.runAsync(
                            () -> {
                                call(skippy, new SplittableRandom(seed));
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

    /** Calls of both kinds, up to 16 at a time, a few of which fail. */
    private static void call(ServiceHandle handle, SplittableRandom random) {
        Lease[] leases = new Lease[8];
        Candidate[] begun = new Candidate[8];
        for (int i = 0; i < CALLS / 2; i++) {
            int place = i % 8;
            if (leases[place] != null) {
                leases[place].complete(random.nextInt(100) == 0 ? Outcome.SERVER_ERROR : Outcome.SUCCESS);
                begun[place].end(random.nextInt(100) == 0 ? Outcome.CANCELLED : Outcome.SUCCESS, Candidate.UNTIMED);
            }
            leases[place] = handle.acquire();
            begun[place] = handle.begin();
        }
        for (int place = 0; place < 8; place++) {
            leases[place].close();
            begun[place].end(Outcome.UNREPORTED, Candidate.UNTIMED);
        }
    }
}
