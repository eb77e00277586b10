package io.serviceresolver.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.health.OutlierPolicy;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that choose their Pod by a key. */
class KeyTest {

    private static final int KEYS = 40;

    /** A key stays where it belongs, however many calls a Pod has, as the last one may not have ended yet when its answer is there. */
    private final GrpcWorld world = new GrpcWorld(builder ->
            builder.balancer(Balancers.ringHash(Double.POSITIVE_INFINITY)).outliers(OutlierPolicy.never()));

    @AfterEach
    void close() {
        world.close();
    }

    private static String ask(ManagedChannel channel, int key) {
        CallOptions options = CallOptions.DEFAULT.withOption(ServiceCallOptions.KEY, "user-" + key);
        return Echo.ask(channel, options, "who").orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static Map<Integer, String> askAll(ManagedChannel channel) {
        Map<Integer, String> answers = new TreeMap<>();
        for (int key = 0; key < KEYS; key++) {
            answers.put(key, ask(channel, key));
        }
        return answers;
    }

    @Test
    void theFirstCallOfAKeyGoesWhereAllOthersGo() {
        List<GrpcPod> pods = world.pods(4);
        Map<Integer, String> first = askAll(world.channel());
        assertThat(new HashSet<>(first.values())).hasSize(4);
        ManagedChannel other = world.channel();
        for (int i = 0; i < 5; i++) {
            assertThat(askAll(other)).isEqualTo(first);
        }
        assertThat(pods.stream().mapToInt(pod -> pod.calls.get()).sum()).isEqualTo(6 * KEYS);
        GrpcWorld.await("none in flight", () -> world.skippy.stats().inFlight() == 0);
    }

    @Test
    void keysOfAPodThatLeftMoveAndNoOthers() {
        List<GrpcPod> pods = world.pods(4);
        ManagedChannel channel = world.channel();
        Map<Integer, String> before = askAll(channel);
        world.know(pods.subList(1, 4));
        Map<Integer, String> after = askAll(channel);
        Set<String> moved = new HashSet<>();
        before.forEach((key, pod) -> {
            if (!pod.equals(after.get(key))) {
                moved.add(pod);
            }
        });
        assertThat(moved).containsExactly(pods.get(0).address());
    }

    @Test
    void whoseTheirPodCannotBeConnectedToGoElsewhere() {
        List<GrpcPod> pods = world.pods(4);
        pods.get(0).close();
        ManagedChannel channel = world.channel();
        assertThat(askAll(channel).values()).doesNotContain(pods.get(0).address());
    }
}
