package io.serviceresolver;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.serviceresolver.balancer.BalancerFactory;
import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.routing.RoutingPolicy;
import io.serviceresolver.source.StaticSource;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a pick costs the heap. Bytes, not time: they do not depend on the machine. */
class AllocationTest {

    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int CALLS = 20_000;

    /** A lease with the most that it holds: header, flag, host, endpoint, start. */
    private static final int LEASE_BYTES = 32;

    /** Not the resolver's: what the measuring itself makes, once. */
    static final long SLACK = CALLS / 10;

    static Stream<Arguments> balancers() {
        return Stream.of(
                Arguments.of("round robin", Balancers.roundRobin()),
                Arguments.of("least response time", Balancers.leastResponseTime()),
                Arguments.of("random", Balancers.random()),
                Arguments.of("least connections", Balancers.leastConnections()),
                Arguments.of("two choices", Balancers.powerOfTwoChoices()),
                Arguments.of("five choices", Balancers.powerOfChoices(5)),
                Arguments.of("peak EWMA", Balancers.peakEwma()),
                Arguments.of("ring hash", Balancers.ringHash()),
                Arguments.of("maglev", Balancers.maglev()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("balancers")
    void aPickMakesNoObjectAndALeaseIsOne(String name, BalancerFactory balancer) {
        Endpoint[] endpoints = IntStream.rangeClosed(1, 100)
                .mapToObj(n -> Endpoint.of("10.0.0." + n, 80))
                .toArray(Endpoint[]::new);
        try (ServiceResolver resolver = ServiceResolver.builder()
                .source(StaticSource.of("skippy", endpoints))
                .balancer(balancer)
                .build()) {
            ServiceHandle skippy = resolver.service("skippy");
            skippy.awaitReady(Duration.ofSeconds(30));
            List<Runnable> free = List.of(
                    skippy::resolve,
                    () -> skippy.resolve("a key"),
                    () -> resolver.service("skippy").resolve(),
                    () -> skippy.begin().end(Outcome.SUCCESS, -1));
            free.forEach(pick -> assertThat(bytes(pick)).as(name).isLessThan(SLACK));
            // Nor does it look for another one where the key's own is busy.
            IntStream.range(0, 5).forEach(busy -> skippy.acquire("a key"));
            assertThat(bytes(() -> skippy.resolve("a key"))).as(name).isLessThan(SLACK);
            Runnable call = () -> skippy.acquire().success();
            assertThat(bytes(call)).as(name).isLessThan(CALLS * LEASE_BYTES + SLACK);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("balancers")
    void aPickByWeightMakesNoObject(String name, BalancerFactory balancer) {
        Endpoint[] endpoints = IntStream.rangeClosed(1, 100)
                .mapToObj(n -> Endpoint.of("10.0.0." + n, 80))
                .toArray(Endpoint[]::new);
        try (ServiceResolver resolver = ServiceResolver.builder()
                .source(StaticSource.of("skippy", endpoints))
                .routing(RoutingPolicy.standard()
                        .withWeights(endpoint -> 1 + endpoint.address().length() % 3))
                .balancer(balancer)
                .build()) {
            ServiceHandle skippy = resolver.service("skippy");
            skippy.awaitReady(Duration.ofSeconds(30));
            assertThat(bytes(skippy::resolve)).as(name).isLessThan(SLACK);
            assertThat(bytes(() -> skippy.begin().end(Outcome.SUCCESS, -1)))
                    .as(name)
                    .isLessThan(SLACK);
        }
    }

    /** The bytes that many runs allocate, after as many. */
    static long bytes(Runnable task) {
        repeat(task);
        long before = THREAD.getCurrentThreadAllocatedBytes();
        repeat(task);
        return THREAD.getCurrentThreadAllocatedBytes() - before;
    }

    private static void repeat(Runnable task) {
        for (int i = 0; i < CALLS; i++) {
            task.run();
        }
    }
}
