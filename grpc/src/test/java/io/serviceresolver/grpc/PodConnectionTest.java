package io.serviceresolver.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ClientStreamTracer;
import io.grpc.ConnectivityState;
import io.grpc.ConnectivityStateInfo;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.Metadata;
import io.grpc.Status;
import io.serviceresolver.call.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of calls when a connection comes and goes in the wrong moment. */
class PodConnectionTest {

    private static final ClientStreamTracer.StreamInfo INFO = ClientStreamTracer.StreamInfo.newBuilder()
            .setCallOptions(CallOptions.DEFAULT)
            .build();

    private static final int ROUNDS = 1_000;

    private final AtomicInteger changes = new AtomicInteger();
    private final TestSubchannel subchannel = new TestSubchannel();
    private final PodConnection connection = new PodConnection(subchannel, changes::incrementAndGet);
    private final TestLease lease = new TestLease();

    private void become(ConnectivityState state) {
        connection.onSubchannelState(
                state == ConnectivityState.TRANSIENT_FAILURE
                        ? ConnectivityStateInfo.forTransientFailure(Status.UNAVAILABLE)
                        : ConnectivityStateInfo.forNonError(state));
    }

    private ClientStreamTracer stream(@Nullable PickResult pick) {
        return Objects.requireNonNull(Objects.requireNonNull(pick).getStreamTracerFactory())
                .newClientStreamTracer(INFO, new Metadata());
    }

    @Test
    void takesNoCallWithoutAConnection() {
        assertThat(connection.pick(lease, Waited.NOT)).isNull();
        become(ConnectivityState.CONNECTING);
        assertThat(connection.pick(lease, Waited.NOT)).isNull();
        become(ConnectivityState.READY);
        assertThat(connection.pick(lease, Waited.NOT)).isNotNull();
        become(ConnectivityState.IDLE);
        assertThat(connection.pick(lease, Waited.NOT)).isNull();
    }

    @Test
    void aCallOfWhichNoStreamIsMadeEndsWithTheConnection() {
        become(ConnectivityState.READY);
        PickResult pick = connection.pick(lease, Waited.NOT);
        assertThat(lease.outcomes).isEmpty();
        become(ConnectivityState.IDLE);
        assertThat(lease.outcomes).containsExactly(Outcome.CANCELLED);
        assertThat(stream(pick)).isNotNull();
    }

    /** Two threads, over and over: whichever comes first, a call of which no stream is made has ended, or never began. */
    @Test
    void noCallIsLostWhereTheConnectionBreaksInThatMoment() {
        AtomicInteger round = new AtomicInteger();
        AtomicReferenceArray<TestLease> begun = new AtomicReferenceArray<>(ROUNDS + 1);
        CompletableFuture<Integer> lost = CompletableFuture.supplyAsync(() -> {
            int without = 0;
            for (int i = 1; i <= ROUNDS; i++) {
                while (round.get() < i) {
                    Thread.onSpinWait();
                }
                TestLease call = new TestLease();
                if (connection.pick(call, Waited.NOT) != null) {
                    begun.set(i, call);
                } else {
                    without += call.outcomes.size();
                }
                round.set(-i);
            }
            return without;
        });
        for (int i = 1; i <= ROUNDS; i++) {
            become(ConnectivityState.READY);
            round.set(i);
            for (int spin = 0; spin < i % 64; spin++) {
                Thread.onSpinWait();
            }
            become(ConnectivityState.IDLE);
            while (round.get() > 0) {
                Thread.onSpinWait();
            }
            TestLease call = begun.get(i);
            if (call != null) {
                assertThat(call.outcomes).as("round %s", i).containsExactly(Outcome.CANCELLED);
            }
        }
        assertThat(lost.join()).as("ended though never begun").isZero();
    }

    @Test
    void aStreamOutlivesTheStateOfItsConnection() {
        become(ConnectivityState.READY);
        ClientStreamTracer stream = stream(connection.pick(lease, Waited.NOT));
        become(ConnectivityState.IDLE);
        connection.shutdown();
        become(ConnectivityState.SHUTDOWN);
        assertThat(lease.outcomes).isEmpty();
        stream.streamClosed(Status.OK);
        assertThat(lease.outcomes).containsExactly(Outcome.SUCCESS);
        assertThat(subchannel.isShutdown).isTrue();
    }

    @Test
    void oneCallStandsForTheAttemptToConnectAndSaysWhatCameOfIt() {
        connection.connect(lease);
        assertThat(subchannel.requests).isEqualTo(1);
        become(ConnectivityState.CONNECTING);
        TestLease other = new TestLease();
        connection.connect(other);
        assertThat(other.outcomes).containsExactly(Outcome.CANCELLED);
        assertThat(lease.outcomes).isEmpty();
        become(ConnectivityState.TRANSIENT_FAILURE);
        assertThat(lease.outcomes).containsExactly(Outcome.CONNECT_FAILED);
        assertThat(subchannel.requests).isEqualTo(1);
    }

    @Test
    void aConnectionThatComesAboutSaysNothing() {
        connection.connect(lease);
        become(ConnectivityState.CONNECTING);
        become(ConnectivityState.READY);
        assertThat(lease.outcomes).containsExactly(Outcome.CANCELLED);
    }

    @Test
    void anAttemptEndsWithTheConnection() {
        connection.connect(lease);
        connection.shutdown();
        assertThat(lease.outcomes).containsExactly(Outcome.CANCELLED);
    }

    /** Else calls would wait for each attempt that the channel makes by itself. */
    @Test
    void hasFailedUntilItHasNot() {
        become(ConnectivityState.CONNECTING);
        become(ConnectivityState.TRANSIENT_FAILURE);
        int before = changes.get();
        become(ConnectivityState.CONNECTING);
        assertThat(connection.state().getState()).isEqualTo(ConnectivityState.TRANSIENT_FAILURE);
        assertThat(changes).hasValue(before);
        connection.connect(lease);
        assertThat(lease.outcomes).containsExactly(Outcome.CONNECT_FAILED);
        become(ConnectivityState.READY);
        assertThat(connection.state().getState()).isEqualTo(ConnectivityState.READY);
        assertThat(subchannel.requests).isEqualTo(0);
    }

    @Test
    void aStreamThatIsForgottenEndsUnlessItWasSent() {
        List<PodStream> watched = new ArrayList<>();
        become(ConnectivityState.READY);
        ClientStreamTracer forgotten = stream(connection.pick(lease, watched::add));
        TestLease other = new TestLease();
        ClientStreamTracer sent = stream(connection.pick(other, watched::add));
        sent.outboundHeaders();
        assertThat(watched).containsExactly((PodStream) forgotten, (PodStream) sent);
        watched.forEach(PodStream::endUnlessSent);
        assertThat(lease.outcomes).containsExactly(Outcome.CANCELLED);
        assertThat(other.outcomes).isEmpty();
    }
}
