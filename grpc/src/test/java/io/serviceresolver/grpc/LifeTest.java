package io.serviceresolver.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.routing.PanicPolicy;
import io.serviceresolver.routing.RoutingPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Channels and resolvers that begin and end, in every order. */
class LifeTest {

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("service-resolver"))
                .toList();
    }

    @Test
    void whoEndsFirstLeavesNothingBehind() {
        try (GrpcWorld world = new GrpcWorld()) {
            List<GrpcPod> pods = world.pods(2);
            ManagedChannel first = world.channel();
            world.connect(first, pods);
            ManagedChannel second = world.channel();
            assertThat(Echo.ask(second, "who")).startsWith("127.0.6.");
            GrpcWorld.end(first);
            world.resolver.close();
            Status status = Echo.status(Echo.ask(second, CallOptions.DEFAULT, "who"));
            assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(status.getDescription()).isEqualTo("skippy.shield: the resolver is closed");
            Status late = Echo.status(Echo.ask(world.channel(), CallOptions.DEFAULT, "who"));
            assertThat(late.getDescription()).isEqualTo("skippy.shield: the resolver is closed");
            GrpcWorld.end(second);
            // As there is no connection any more.
            pods.forEach(GrpcPod::terminate);
            assertThat(pods).allSatisfy(pod -> GrpcWorld.await("its end", pod::isGone));
        }
        GrpcWorld.await("no thread of " + threads(), () -> threads().isEmpty());
    }

    @Test
    void anotherPolicyOfTheUsersIsUsedInPlaceOfOurs() {
        try (GrpcWorld world = new GrpcWorld()) {
            List<GrpcPod> pods = world.pods(3);
            ManagedChannel channel = world.channel(
                    builder -> builder.disableServiceConfigLookUp().defaultLoadBalancingPolicy("round_robin"));
            world.connect(channel, pods);
            assertThat(world.skippy.stats().completed(Outcome.SUCCESS)).isZero();
        }
    }

    @Test
    void ourPolicyIsGoodForNoOtherTarget() {
        ManagedChannel channel = NettyChannelBuilder.forTarget("127.0.6.1:80")
                .usePlaintext()
                .defaultLoadBalancingPolicy(ServiceLoadBalancerProvider.POLICY)
                .build();
        try {
            Status status = Echo.status(Echo.ask(channel, CallOptions.DEFAULT, "who"));
            assertThat(status.getDescription())
                    .isEqualTo("policy: service_resolver (expected: a target service-resolver:///service)");
        } finally {
            GrpcWorld.end(channel);
        }
    }

    @Test
    void connectsWhenAskedTo() {
        try (GrpcWorld world = new GrpcWorld()) {
            world.pods(2);
            ManagedChannel channel = world.channel();
            assertThat(channel.getState(true)).isEqualTo(ConnectivityState.IDLE);
            GrpcWorld.await("a connection", () -> channel.getState(false) == ConnectivityState.READY);
            GrpcWorld.await("none in flight", () -> world.skippy.stats().inFlight() == 0);
        }
    }

    /** The set stays the same, but an endpoint may be called again. */
    @Test
    void waitsWhereTooFewAreHealthy() {
        try (LoopThread loop = new LoopThread();
                GrpcWorld world = new GrpcWorld(builder -> builder.balancer(Balancers.roundRobin())
                        .time(loop.time::nanoTime, loop.time)
                        .routing(RoutingPolicy.standard().withPanic(PanicPolicy.failBelow(0.7))))) {
            List<GrpcPod> pods = world.pods(2);
            ManagedChannel channel = world.channel();
            world.connect(channel, pods);
            world.skippy.acquire().complete(Outcome.CONNECT_FAILED);
            GrpcWorld.await("panic", () -> world.skippy.stats().isPanicking());
            CompletableFuture<String> waits = Echo.ask(channel, CallOptions.DEFAULT.withWaitForReady(), "who");
            Status status = Echo.status(Echo.ask(channel, CallOptions.DEFAULT, "who"));
            assertThat(status.getDescription()).contains("panic: 1 of 2 endpoints are left alone");
            assertThat(waits).isNotDone();
            loop.pass(Duration.ofSeconds(2));
            assertThat(waits.orTimeout(30, TimeUnit.SECONDS).join()).startsWith("127.0.6.");
        }
    }

    /** From the first call of a channel on, whatever the sources say. */
    @Test
    void waitsForTheFirstAnswer() {
        try (GrpcWorld world = new GrpcWorld(
                builder -> builder.balancer(Balancers.roundRobin()).firstAnswerTimeout(Duration.ofMinutes(1)))) {
            world.source.unavailable("skippy", "not yet");
            GrpcWorld.await("the answer", () -> world.skippy.state().detail().contains("not yet"));
            CompletableFuture<String> call = Echo.ask(world.channel(), CallOptions.DEFAULT, "who");
            world.pods(1);
            assertThat(call.orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo("127.0.6.1");
        }
    }
}
