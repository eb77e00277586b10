package io.serviceresolver.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.serviceresolver.balancer.BalancerFactory;
import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All Pods of a service are replaced under load. Servers go at once, while those who call them have yet to hear of it. */
class RollingUpdateTest {

    private static final int PODS = 6;
    private static final int CALLERS = 20;

    /** So many calls end between two replacements. */
    private static final int CALLS = 150;

    private static final long PATIENCE_SECONDS = 60;

    static Stream<Arguments> balancers() {
        return Stream.of(
                Arguments.of("the default: least response time", Balancers.leastResponseTime()),
                Arguments.of("round robin", Balancers.roundRobin()),
                Arguments.of("least connections", Balancers.leastConnections()));
    }

    /** Each caller makes one call after the other. */
    private static final class Load {

        private final ManagedChannel channel;
        private final Semaphore ended = new Semaphore(0);
        private final AtomicLong calls = new AtomicLong();
        private final AtomicInteger callers = new AtomicInteger(CALLERS);
        private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        private volatile boolean stopped;

        Load(ManagedChannel channel) {
            this.channel = channel;
            for (int i = 0; i < CALLERS; i++) {
                call();
            }
        }

        private void call() {
            if (stopped) {
                callers.decrementAndGet();
                return;
            }
            Echo.ask(channel, CallOptions.DEFAULT, "who").whenComplete((answer, failure) -> {
                if (failure != null) {
                    failures.add(failure);
                }
                calls.incrementAndGet();
                ended.release();
                call();
            });
        }

        /** Waits until so many more have ended. */
        void awaitCalls(int more) throws InterruptedException {
            ended.drainPermits();
            assertThat(ended.tryAcquire(more, PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
        }

        void stop() {
            stopped = true;
            GrpcWorld.await("the end of all callers", () -> callers.get() == 0);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("balancers")
    void failsNoCall(String name, BalancerFactory balancer) throws InterruptedException {
        try (GrpcWorld world = new GrpcWorld(builder -> builder.balancer(balancer))) {
            List<GrpcPod> old = world.pods(PODS);
            List<Endpoint> known =
                    new ArrayList<>(old.stream().map(GrpcPod::endpoint).toList());
            Load load = new Load(world.channel());
            load.awaitCalls(CALLS);
            for (int number = 1; number <= PODS; number++) {
                GrpcPod leaving = old.get(number - 1);
                GrpcPod fresh = world.pod(PODS + number);
                known.set(number - 1, fresh.endpoint());
                List<Endpoint> both = new ArrayList<>(known);
                both.add(leaving.endpoint().toBuilder()
                        .conditions(Conditions.DRAINING)
                        .build());
                world.know(both.toArray(Endpoint[]::new));
                leaving.terminate();
                load.awaitCalls(CALLS);
                GrpcWorld.await("a call of the new one", () -> fresh.calls.get() > 0);
                GrpcWorld.await("the end of the old one", leaving::isGone);
                world.know(known.toArray(Endpoint[]::new));
            }
            load.awaitCalls(CALLS);
            load.stop();
            assertThat(load.failures).as("of %s calls", load.calls).isEmpty();
            GrpcWorld.await("none in flight", () -> world.skippy.stats().inFlight() == 0);
        }
    }
}
