package io.serviceresolver.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ClientStreamTracer;
import io.grpc.ConnectivityState;
import io.grpc.ConnectivityStateInfo;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.PickSubchannelArgs;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.serviceresolver.ServiceHandle;
import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which connections there are, and who is picked for among them. */
class PodConnectionsTest {

    private static final Endpoint ONE = Endpoint.of("127.0.6.1", 80);
    private static final Endpoint TWO = Endpoint.of("127.0.6.2", 80);

    private static final class Args extends PickSubchannelArgs {

        @Override
        public CallOptions getCallOptions() {
            return CallOptions.DEFAULT;
        }

        @Override
        public Metadata getHeaders() {
            return new Metadata();
        }

        @Override
        public MethodDescriptor<?, ?> getMethodDescriptor() {
            return Echo.ASK;
        }
    }

    private final GrpcWorld world = new GrpcWorld(builder -> builder.balancer(Balancers.roundRobin()));
    private final TestHelper helper = new TestHelper();
    private final PodConnections connections = new PodConnections(world.skippy, helper, () -> {});
    private final ServicePicker picker = new ServicePicker(world.skippy, connections, helper, () -> {});

    @BeforeEach
    void begin() {
        world.know(ONE, TWO);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private PodConnection ready(Endpoint endpoint) {
        connections.connect(new TestLease(endpoint));
        PodConnection made = Objects.requireNonNull(connections.find(endpoint));
        made.onSubchannelState(ConnectivityStateInfo.forNonError(ConnectivityState.READY));
        return made;
    }

    @Test
    void thereIsOneForEachEndpointUntilItLeaves() {
        ready(ONE);
        connections.connect(new TestLease(ONE));
        ready(TWO);
        assertThat(helper.subchannels).hasSize(2);
        world.know(TWO);
        connections.retain();
        assertThat(helper.subchannels).extracting(one -> one.isShutdown).containsExactly(true, false);
        assertThat(connections.find(ONE)).isNull();
        TestLease late = new TestLease(ONE);
        connections.connect(late);
        assertThat(helper.subchannels).hasSize(2);
        assertThat(late.outcomes).containsExactly(Outcome.CANCELLED);
        connections.close();
        assertThat(helper.subchannels).allMatch(one -> one.isShutdown);
        TestLease last = new TestLease(TWO);
        connections.connect(last);
        assertThat(last.outcomes).containsExactly(Outcome.CANCELLED);
    }

    @Test
    void theStateIsTheBestOfAll() {
        assertThat(connections.state()).isEqualTo(ConnectivityState.IDLE);
        PodConnection one = ready(ONE);
        assertThat(connections.state()).isEqualTo(ConnectivityState.READY);
        one.onSubchannelState(ConnectivityStateInfo.forTransientFailure(Status.UNAVAILABLE));
        assertThat(connections.state()).isEqualTo(ConnectivityState.TRANSIENT_FAILURE);
        connections.connect(new TestLease(TWO));
        Objects.requireNonNull(connections.find(TWO))
                .onSubchannelState(ConnectivityStateInfo.forNonError(ConnectivityState.CONNECTING));
        assertThat(connections.state()).isEqualTo(ConnectivityState.CONNECTING);
    }

    @Test
    void findsTheOneConnectionThereIsAndAsksForTheOther() {
        ready(TWO);
        for (int i = 0; i < 20; i++) {
            stream(picker.pickSubchannel(new Args())).streamClosed(Status.OK);
        }
        assertThat(helper.subchannels).hasSize(2);
        assertThat(helper.subchannels.get(1).requests).isEqualTo(1);
        // The attempt to connect.
        assertThat(world.skippy.stats().inFlight()).isEqualTo(1);
        connections.close();
        assertThat(world.skippy.stats().inFlight()).isZero();
    }

    /** Which was chosen just before it is left alone, so that there seems to be one Pod only. */
    @Test
    void aPodThatCannotBeConnectedToFailsNoCallWhileItIsEjected() {
        ServicePicker raced = new ServicePicker(beforeStats(this::ejectOne), connections, helper, () -> {});
        ready(ONE).onSubchannelState(ConnectivityStateInfo.forTransientFailure(Status.UNAVAILABLE));
        ready(TWO);
        comesToOne();
        PickResult pick = raced.pickSubchannel(new Args());
        assertThat(pick.getSubchannel()).isSameAs(helper.subchannels.get(1));
        stream(pick).streamClosed(Status.OK);
    }

    /** The handle of the service, where something happens in the moment in which its figures are looked at. */
    private ServiceHandle beforeStats(Runnable event) {
        return (ServiceHandle) Proxy.newProxyInstance(
                ServiceHandle.class.getClassLoader(), new Class<?>[] {ServiceHandle.class}, (proxy, method, args) -> {
                    if (method.getName().equals("stats")) {
                        event.run();
                    }
                    return method.invoke(world.skippy, args);
                });
    }

    private void ejectOne() {
        comesToOne();
        world.skippy.acquire().complete(Outcome.CONNECT_FAILED);
        GrpcWorld.await("an ejection", () -> world.skippy.stats().ejected() == 1);
    }

    /** The next call goes to the first Pod, as it comes round. */
    private void comesToOne() {
        Endpoint last;
        do {
            try (Lease lease = world.skippy.acquire()) {
                last = lease.endpoint();
                lease.complete(Outcome.CANCELLED);
            }
        } while (last.equals(ONE));
    }

    private static ClientStreamTracer stream(PickResult pick) {
        return Objects.requireNonNull(pick.getStreamTracerFactory())
                .newClientStreamTracer(
                        ClientStreamTracer.StreamInfo.newBuilder()
                                .setCallOptions(CallOptions.DEFAULT)
                                .build(),
                        new Metadata());
    }

    /** gRPC makes a stream of a call that has waited, and forgets it if the call was cancelled in that moment. */
    @Test
    void aCallThatWaitedAndIsForgottenEndsAfterAWhile() {
        world.know(ONE);
        ready(ONE);
        helper.onPicker = made -> stream(made.pickSubchannel(new Args()));
        picker.publish(ConnectivityState.READY);
        ClientStreamTracer sent = stream(picker.pickSubchannel(new Args()));
        assertThat(world.skippy.stats().inFlight()).isEqualTo(2);
        helper.time.advance(Duration.ofSeconds(10));
        assertThat(world.skippy.stats().inFlight()).isEqualTo(1);
        sent.streamClosed(Status.OK);
        assertThat(world.skippy.stats().inFlight()).isZero();
    }
}
