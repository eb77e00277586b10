package io.serviceresolver.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.call.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls in flight, and what is told of how they ended. */
class InFlightTest {

    private final GrpcWorld world = new GrpcWorld(builder -> builder.balancer(Balancers.leastConnections()));

    @AfterEach
    void close() {
        world.close();
    }

    /** A channel that has a connection to each of some Pods. */
    private ManagedChannel connected(List<GrpcPod> pods) {
        ManagedChannel channel = world.channel();
        world.connect(channel, pods);
        return channel;
    }

    private void awaitInFlight(int calls) {
        GrpcWorld.await(calls + " in flight", () -> world.skippy.stats().inFlight() == calls);
    }

    private long completed(Outcome outcome) {
        return world.skippy.stats().completed(outcome);
    }

    private List<ClientCall<String, String>> hanging(ManagedChannel channel, int count, CallOptions options) {
        List<ClientCall<String, String>> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ClientCall<String, String> call = channel.newCall(Echo.ASK, options);
            call.start(new ClientCall.Listener<>() {}, new Metadata());
            call.sendMessage("never");
            call.halfClose();
            calls.add(call);
        }
        return calls;
    }

    @Test
    void countsCallsUntilTheyAreCancelledAndBalancesByThat() {
        List<GrpcPod> pods = world.pods(3);
        ManagedChannel channel = connected(pods);
        List<ClientCall<String, String>> calls = hanging(channel, 30, CallOptions.DEFAULT);
        assertThat(world.skippy.stats().inFlight()).isEqualTo(30);
        assertThat(pods).allSatisfy(pod -> GrpcWorld.await("ten calls", () -> pod.unanswered.size() == 10));
        long before = completed(Outcome.CANCELLED);
        calls.forEach(call -> call.cancel("enough", null));
        awaitInFlight(0);
        assertThat(completed(Outcome.CANCELLED) - before).isEqualTo(30);
        assertThat(pods).allSatisfy(pod -> GrpcWorld.await("no calls", pod.unanswered::isEmpty));
    }

    /** Stands still for the thread that begins a call, so that its time is never over before it has begun. */
    private static final class TimeOfOthers extends Deadline.Ticker {

        private final Thread caller = Thread.currentThread();

        @Override
        public long nanoTime() {
            return Thread.currentThread().equals(caller) ? 0 : TimeUnit.HOURS.toNanos(1);
        }
    }

    @Test
    void countsCallsUntilTheirDeadline() {
        ManagedChannel channel = connected(world.pods(2));
        Deadline deadline = Deadline.after(100, TimeUnit.MILLISECONDS, new TimeOfOthers());
        CompletableFuture<String> call = Echo.ask(channel, CallOptions.DEFAULT.withDeadline(deadline), "never");
        assertThat(Echo.status(call).getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        awaitInFlight(0);
        assertThat(completed(Outcome.TIMEOUT)).isEqualTo(1);
    }

    @Test
    void countsAStreamOnceAndToItsEnd() throws InterruptedException {
        ManagedChannel channel = connected(world.pods(2));
        long before = completed(Outcome.SUCCESS);
        Talk talk = new Talk(channel);
        for (int i = 0; i < 10; i++) {
            assertThat(talk.ask("who")).startsWith("127.0.6.");
            assertThat(world.skippy.stats().inFlight()).isEqualTo(1);
        }
        assertThat(talk.end().isOk()).isTrue();
        awaitInFlight(0);
        assertThat(completed(Outcome.SUCCESS)).isEqualTo(before + 1);
    }

    @Test
    void countsCallsThatEndWithTheChannel() {
        ManagedChannel channel = connected(world.pods(2));
        hanging(channel, 10, CallOptions.DEFAULT);
        awaitInFlight(10);
        GrpcWorld.end(channel);
        awaitInFlight(0);
    }

    @ParameterizedTest
    @EnumSource(value = Status.Code.class, mode = EnumSource.Mode.EXCLUDE, names = "OK")
    void tellsWhatACodeSaysOfThePod(Status.Code code) {
        Outcome expected = switch (code) {
            case UNAVAILABLE, INTERNAL, UNKNOWN, DATA_LOSS -> Outcome.SERVER_ERROR;
            case DEADLINE_EXCEEDED -> Outcome.TIMEOUT;
            case CANCELLED -> Outcome.CANCELLED;
            default -> Outcome.SUCCESS;
        };
        ManagedChannel channel = connected(world.pods(1));
        long before = completed(expected);
        assertThat(Echo.status(Echo.ask(channel, CallOptions.DEFAULT, "fail " + code))
                        .getCode())
                .isEqualTo(code);
        awaitInFlight(0);
        assertThat(completed(expected)).isEqualTo(before + 1);
        assertThat(completed(Outcome.UNREPORTED)).isZero();
    }

    private static Map<String, Object> config(String policy, Map<String, ?> settings) {
        Map<String, Object> method = new HashMap<>();
        method.put("name", List.of(Map.of()));
        method.put(policy, settings);
        return Map.<String, Object>of(
                "loadBalancingConfig",
                List.of(Map.of(ServiceLoadBalancerProvider.POLICY, Map.of())),
                "methodConfig",
                List.of(method));
    }

    private ManagedChannel configured(Map<String, ?> config) {
        return world.channel(
                builder -> builder.enableRetry().disableServiceConfigLookUp().defaultServiceConfig(config));
    }

    @Test
    void countsEachAttemptWhereGrpcTriesAgain() {
        List<GrpcPod> pods = world.pods(2);
        ManagedChannel channel = configured(config(
                "retryPolicy",
                Map.<String, Object>of(
                        "maxAttempts",
                        5.0,
                        "initialBackoff",
                        "0.01s",
                        "maxBackoff",
                        "0.01s",
                        "backoffMultiplier",
                        1.0,
                        "retryableStatusCodes",
                        List.of("UNAVAILABLE"))));
        world.connect(channel, pods);
        long before = completed(Outcome.SUCCESS);
        Status status = Echo.status(Echo.ask(channel, CallOptions.DEFAULT, "fail UNAVAILABLE"));
        assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        awaitInFlight(0);
        assertThat(completed(Outcome.SERVER_ERROR)).isEqualTo(5);
        assertThat(completed(Outcome.SUCCESS)).isEqualTo(before);
    }

    @Test
    void countsEachHedgeAndLosersSayNothing() {
        List<GrpcPod> pods = world.pods(2);
        ManagedChannel channel = configured(
                config("hedgingPolicy", Map.<String, Object>of("maxAttempts", 2.0, "hedgingDelay", "0.01s")));
        world.connect(channel, pods);
        pods.get(0).takeAllFor("never");
        long before = completed(Outcome.CANCELLED);
        for (int i = 0; i < 20; i++) {
            assertThat(Echo.ask(channel, "who")).isEqualTo("127.0.6.2");
            // A loser that has yet to end would be counted at its Pod, and the next call might try the other one twice.
            awaitInFlight(0);
        }
        GrpcWorld.await(
                "calls of the one that is silent", () -> pods.get(0).calls.get() > 1);
        GrpcWorld.await("losers", () -> completed(Outcome.CANCELLED) > before);
        assertThat(completed(Outcome.TIMEOUT) + completed(Outcome.SERVER_ERROR)).isZero();
    }
}
