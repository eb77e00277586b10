package io.serviceresolver.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pods that cannot be called. */
class FaultTest {

    private static final CallOptions PATIENT = CallOptions.DEFAULT.withWaitForReady();

    private final GrpcWorld world = new GrpcWorld(builder -> builder.balancer(Balancers.roundRobin()));

    @AfterEach
    void close() {
        world.close();
    }

    /** Of an address that nobody else uses: a port that was free stays so. */
    private static Endpoint refusing(int number) throws IOException {
        String address = "127.0.6." + number;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return Endpoint.of(address, socket.getLocalPort());
        }
    }

    @Test
    void aPodThatRefusesIsLeftAloneAndNoCallFails() throws IOException {
        List<Endpoint> all = new ArrayList<>(List.of(refusing(9)));
        for (int number = 1; number <= 3; number++) {
            all.add(world.pod(number).endpoint());
        }
        world.know(all.toArray(Endpoint[]::new));
        ManagedChannel channel = world.channel();
        for (int i = 0; i < 500; i++) {
            assertThat(Echo.ask(channel, "who")).startsWith("127.0.6.");
        }
        GrpcWorld.await("an ejection", () -> world.skippy.stats().ejections() > 0);
        assertThat(world.skippy.stats().completed(Outcome.CONNECT_FAILED)).isPositive();
        assertThat(world.skippy.stats().completed(Outcome.SUCCESS)).isEqualTo(500);
        GrpcWorld.await("none in flight", () -> world.skippy.stats().inFlight() == 0);
    }

    @Test
    void whereAllRefuseCallsFailAtOnceWithTheCauseAndPatientOnesWait() throws IOException {
        Endpoint one = refusing(8);
        world.know(one, refusing(9));
        ManagedChannel channel = world.channel();
        Status status = Echo.status(Echo.ask(channel, CallOptions.DEFAULT, "who"));
        assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(status.getDescription()).startsWith("skippy.shield: no connection (127.0.6.");
        assertThat(Outcome.of(status.asException())).isEqualTo(Outcome.CONNECT_FAILED);
        // A channel lets calls fail before it notes its state.
        GrpcWorld.await("the state", () -> channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE);
        CompletableFuture<String> waits = Echo.ask(channel, PATIENT, "who");
        assertThat(waits).isNotDone();
        world.pod(8, one.port());
        assertThat(waits.orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo("127.0.6.8");
        GrpcWorld.await("none in flight", () -> world.skippy.stats().inFlight() == 0);
    }

    @Test
    void aPodThatFailsIsLeftAlone() {
        List<GrpcPod> pods = world.pods(4);
        ManagedChannel channel = world.channel();
        world.connect(channel, pods);
        pods.get(0).takeAllFor("fail INTERNAL");
        for (int i = 0; i < 40; i++) {
            Echo.status(Echo.ask(channel, CallOptions.DEFAULT, "fail NOT_FOUND"));
        }
        // It may be over already.
        GrpcWorld.await("an ejection", () -> world.skippy.stats().ejections() > 0);
    }

    @Test
    void aPodThatEndsIsConnectedToNoMoreAndOneThatIsBackIs() {
        List<GrpcPod> pods = world.pods(2);
        ManagedChannel channel = world.channel();
        world.connect(channel, pods);
        pods.get(0).terminate();
        GrpcWorld.await("its end", pods.get(0)::isGone);
        for (int i = 0; i < 100; i++) {
            Status status = Echo.status(Echo.ask(channel, PATIENT, "who"));
            assertThat(status)
                    .as("call %s", i)
                    .satisfies(one -> assertThat(one.isOk()).isTrue());
        }
        GrpcPod back = world.pod(1, pods.get(0).port());
        GrpcWorld.await("calls there", () -> {
            Echo.ask(channel, "who");
            return back.calls.get() > 0;
        });
    }
}
