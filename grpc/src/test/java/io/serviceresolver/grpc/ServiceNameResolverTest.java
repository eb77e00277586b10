package io.serviceresolver.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.CallOptions;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.NameResolverRegistry;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.serviceresolver.NoEndpointsException;
import io.serviceresolver.ServiceResolver;
import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.endpoint.Conditions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a channel is told of a service. */
class ServiceNameResolverTest {

    private static final CallOptions PATIENT = CallOptions.DEFAULT.withWaitForReady();

    private final GrpcWorld world = new GrpcWorld(builder -> builder.balancer(Balancers.roundRobin()));

    @AfterEach
    void close() {
        world.close();
    }

    private static Set<String> answers(ManagedChannel channel, int calls) {
        Set<String> answers = new HashSet<>();
        for (int i = 0; i < calls; i++) {
            answers.add(Echo.ask(channel, "who"));
        }
        return answers;
    }

    private static void awaitAnswers(ManagedChannel channel, String... addresses) {
        GrpcWorld.await(
                "answers of " + List.of(addresses), () -> answers(channel, 20).equals(Set.of(addresses)));
    }

    @Test
    void callsGoToAllPods() {
        world.pods(3);
        awaitAnswers(world.channel(), "127.0.6.1", "127.0.6.2", "127.0.6.3");
    }

    @Test
    void theNameCalledIsThatOfTheService() {
        world.pods(1);
        assertThat(Echo.ask(world.channel(), "authority")).isEqualTo("skippy.shield.svc");
        ManagedChannel other = world.channel(builder -> builder.overrideAuthority("skippy.example"));
        assertThat(Echo.ask(other, "authority")).isEqualTo("skippy.example");
    }

    @Test
    void aServiceThatDoesNotExistFailsCallsAndSaysWhy() {
        world.source.absent("skippy");
        Status status = Echo.status(Echo.ask(world.channel(), CallOptions.DEFAULT, "who"));
        assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(status.getDescription()).isEqualTo("skippy.shield: no endpoints (static: not in the static list)");
        assertThat(status.getCause()).isInstanceOf(NoEndpointsException.class);
    }

    @Test
    void comesBackFromNoEndpoints() {
        List<GrpcPod> pods = world.pods(1);
        ManagedChannel channel = world.channel();
        assertThat(Echo.ask(channel, "who")).isEqualTo("127.0.6.1");
        world.know();
        pods.get(0).close();
        GrpcWorld.await(
                "a failure",
                () -> Echo.status(Echo.ask(channel, CallOptions.DEFAULT, "who")).getCode() == Status.Code.UNAVAILABLE);
        GrpcWorld.await("the state", () -> channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE);
        CompletableFuture<String> waits = Echo.ask(channel, PATIENT, "who");
        world.know(List.of(world.pod(2)));
        assertThat(waits.orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo("127.0.6.2");
    }

    @Test
    void whoTerminatesGetsNoNewCallAndLiveStreamsEnd() throws InterruptedException {
        List<GrpcPod> pods = world.pods(2);
        ManagedChannel channel = world.channel();
        awaitAnswers(channel, "127.0.6.1", "127.0.6.2");
        Talk talk = new Talk(channel);
        String talker = talk.ask("who");
        GrpcPod one = pods.get(talker.endsWith(".1") ? 0 : 1);
        GrpcPod other = pods.get(talker.endsWith(".1") ? 1 : 0);
        world.know(one.endpoint().toBuilder().conditions(Conditions.DRAINING).build(), other.endpoint());
        awaitAnswers(channel, other.address());
        world.know(other.endpoint());
        assertThat(answers(channel, 10)).containsExactly(other.address());
        assertThat(talk.ask("who")).isEqualTo(one.address());
        assertThat(talk.end().isOk()).isTrue();
    }

    @Test
    void lastKnownGoodServesOn() {
        world.pods(2);
        ManagedChannel channel = world.channel();
        awaitAnswers(channel, "127.0.6.1", "127.0.6.2");
        world.source.unavailable("skippy", "the connection broke");
        GrpcWorld.await(
                "that it is known",
                () -> world.skippy.state().status() == io.serviceresolver.ServiceState.Status.STALE);
        awaitAnswers(channel, "127.0.6.1", "127.0.6.2");
    }

    @Test
    void aChannelThatIsIdleLetsGoAndComesBack() {
        world.pods(1);
        ManagedChannel channel = world.channel();
        assertThat(Echo.ask(channel, "who")).isEqualTo("127.0.6.1");
        channel.enterIdle();
        GrpcWorld.await("idleness", () -> channel.getState(false) == ConnectivityState.IDLE);
        world.know(List.of(world.pod(2)));
        assertThat(Echo.ask(channel, PATIENT, "who")
                        .orTimeout(30, TimeUnit.SECONDS)
                        .join())
                .isEqualTo("127.0.6.2");
    }

    @Test
    void aTargetThatIsNoneFailsWhenTheChannelIsMade() {
        assertMessage(
                "service-resolver://skippy:8080",
                "target: service-resolver://skippy:8080 (expected: service-resolver:///skippy, with :port behind the service if wished)");
        assertMessage("service-resolver:skippy", "(expected: service-resolver:///skippy,");
        assertMessage("service-resolver:///skippy?zone=za", "(expected: service-resolver:///skippy,");
        assertMessage("service-resolver:///skippy#za", "(expected: service-resolver:///skippy,");
        assertMessage("service-resolver:///", "name: '' (expected: service, service.namespace,");
        assertMessage("service-resolver:///Skippy", "name: Skippy (expected: service, service.namespace,");
        assertMessage("service-resolver:///evil.com", "allowed by namespaces(...))");
        assertMessage("service-resolver:///skippy:0", "port: ");
    }

    private static void assertMessage(String target, String message) {
        assertThatThrownBy(() -> NettyChannelBuilder.forTarget(target).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    /** By the resolver that the process shares, where no other one is registered. */
    @Test
    void isFoundByItself() {
        world.close();
        ManagedChannel channel = NettyChannelBuilder.forTarget("service-resolver:///nobody")
                .usePlaintext()
                .build();
        try {
            assertThat(Echo.status(Echo.ask(channel, CallOptions.DEFAULT, "who"))
                            .getDescription())
                    .matches("nobody\\..*: no endpoints \\(.*");
        } finally {
            GrpcWorld.end(channel);
            ServiceResolver.shared().close();
        }
    }

    /** A scheme of the highest priority would be that of all targets without one. */
    @Test
    void leavesOtherTargetsAlone() {
        NameResolverRegistry registry = NameResolverRegistry.getDefaultRegistry();
        assertThat(registry.getDefaultScheme()).isEqualTo("dns");
        assertThat(registry.getProviderForScheme("service-resolver")).isInstanceOf(ServiceNameResolverProvider.class);
        GrpcPod pod = world.pod(1);
        ManagedChannel channel = NettyChannelBuilder.forTarget("127.0.6.1:" + pod.port())
                .usePlaintext()
                .build();
        try {
            assertThat(Echo.ask(channel, "who")).isEqualTo("127.0.6.1");
        } finally {
            GrpcWorld.end(channel);
        }
    }
}
