package io.serviceresolver;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.serviceresolver.balancer.BalancerFactory;
import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.balancer.Candidate;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.testkit.VirtualTime;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What it costs the heap that one endpoint of many is replaced. Bytes, not time: they do not depend on the machine. */
class UpdateAllocationTest {

    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int UPDATES = 40;
    private static final int FEW = 1_000;
    private static final int MANY = 4_000;

    /** References of four bytes each, and a little for what is rounded up. */
    static Stream<Arguments> balancers() {
        return Stream.of(
                // The set, its index with two places for each, the hosts, the picker.
                Arguments.of("round robin", Balancers.roundRobin(), 5 * 4 + 1),
                // Besides these, the nodes in their order and by index.
                Arguments.of("least connections", Balancers.leastConnections(), 7 * 4 + 1),
                // The same, of estimates.
                Arguments.of("least response time", Balancers.leastResponseTime(), 7 * 4 + 1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("balancers")
    void anUpdateCopiesSomeArraysAndMakesNothingForEachEndpoint(
            String name, BalancerFactory balancer, int bytesForEach) {
        assertThat(bytesForEach(balancer, (skippy, time) -> {})).as(name).isLessThan(bytesForEach);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("balancers")
    void nobodyIsLookedAtBecauseOneWasEjectedOnce(String name, BalancerFactory balancer, int bytesForEach) {
        assertThat(bytesForEach(balancer, UpdateAllocationTest::ejectOnce))
                .as(name)
                .isLessThan(bytesForEach);
    }

    private static long bytesForEach(BalancerFactory balancer, BiConsumer<ServiceHandle, VirtualTime> before) {
        return (bytes(balancer, MANY, before) - bytes(balancer, FEW, before)) / (MANY - FEW);
    }

    /**
     * The bytes that one update allocates, of many that each replace one endpoint.
     *
     * @param before what happens before those that are counted
     */
    private static long bytes(BalancerFactory balancer, int size, BiConsumer<ServiceHandle, VirtualTime> before) {
        Endpoint[] endpoints = IntStream.range(0, size)
                .mapToObj(UpdateAllocationTest::endpoint)
                .toArray(Endpoint[]::new);
        VirtualTime time = new VirtualTime();
        ScriptedSource source = new ScriptedSource("scripted");
        try (ServiceResolver resolver = ServiceResolver.builder()
                .source(source)
                .balancer(balancer)
                .time(time::nanoTime, time)
                .build()) {
            ServiceHandle skippy = resolver.service("skippy");
            time.runDue();
            replace(source, time, endpoints, 0);
            before.accept(skippy, time);
            long then = THREAD.getCurrentThreadAllocatedBytes();
            replace(source, time, endpoints, UPDATES);
            long bytes = THREAD.getCurrentThreadAllocatedBytes() - then;
            assertThat(skippy.endpoints().endpoints()).containsExactly(endpoints);
            return bytes / UPDATES;
        }
    }

    private static void ejectOnce(ServiceHandle skippy, VirtualTime time) {
        skippy.begin().end(Outcome.CONNECT_FAILED, Candidate.UNTIMED);
        time.runDue();
        assertThat(skippy.stats().ejected()).isEqualTo(1);
        time.advance(Duration.ofSeconds(2));
        // The first call after that is its trial.
        skippy.begin().end(Outcome.SUCCESS, Candidate.UNTIMED);
        time.runDue();
        assertThat(skippy.stats().ejected()).isZero();
    }

    private static void replace(ScriptedSource source, VirtualTime time, Endpoint[] endpoints, int first) {
        for (int i = first; i < first + UPDATES; i++) {
            endpoints[i] = endpoint(endpoints.length + i);
            source.found(endpoints);
            time.runDue();
        }
    }

    private static Endpoint endpoint(int number) {
        return Endpoint.of("10.0." + number / 250 + "." + (1 + number % 250), 80);
    }
}
