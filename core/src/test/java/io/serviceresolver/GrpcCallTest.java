package io.serviceresolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.serviceresolver.call.CallOptions;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls by gRPC-java: a real client, and real servers. */
class GrpcCallTest {

    private static final int CALLS = 1_000;
    private static final CallOptions IDEMPOTENT = CallOptions.DEFAULT.idempotent();

    /** A channel for each endpoint. */
    private final Map<Endpoint, ManagedChannel> channels = new HashMap<>();

    private final Set<Endpoint> tried = new HashSet<>();

    /** What calls fail with; OK: they do not. */
    private volatile Status answer = Status.OK;

    private Server server;
    private RefusingFleet fleet;

    private final class Health extends HealthGrpc.HealthImplBase {

        @Override
        public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> observer) {
            if (answer.isOk()) {
                observer.onNext(HealthCheckResponse.newBuilder()
                        .setStatus(ServingStatus.SERVING)
                        .build());
                observer.onCompleted();
            } else {
                observer.onError(answer.asRuntimeException());
            }
        }
    }

    @BeforeEach
    void start() throws Exception {
        server = NettyServerBuilder.forPort(0).addService(new Health()).build().start();
        fleet = new RefusingFleet(server.getPort());
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (ManagedChannel channel : channels.values()) {
            channel.shutdownNow().awaitTermination(30, TimeUnit.SECONDS);
        }
        fleet.close();
        server.shutdownNow().awaitTermination(30, TimeUnit.SECONDS);
    }

    private ServingStatus check(Endpoint endpoint) {
        tried.add(endpoint);
        ManagedChannel channel = channels.computeIfAbsent(
                endpoint,
                one -> NettyChannelBuilder.forAddress(one.socketAddress())
                        .usePlaintext()
                        .build());
        return HealthGrpc.newBlockingStub(channel)
                .withDeadlineAfter(30, TimeUnit.SECONDS)
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus();
    }

    @Test
    void oneThatRefusesIsEjectedAndNobodySeesIt() {
        for (int i = 0; i < CALLS; i++) {
            assertThat(fleet.skippy.<ServingStatus, RuntimeException>call(IDEMPOTENT, this::check))
                    .isEqualTo(ServingStatus.SERVING);
        }
        assertThat(tried).hasSize(10);
        fleet.awaitEjection();
        assertThat(fleet.skippy.stats().completed(Outcome.CONNECT_FAILED))
                .isEqualTo(fleet.skippy.stats().retries())
                .isPositive();
    }

    private StatusRuntimeException failure(Status status) {
        answer = status;
        return catchThrowableOfType(StatusRuntimeException.class, () -> fleet.skippy.call(IDEMPOTENT, this::check));
    }

    @Test
    void whatAnotherServerMayDoBetterIsTriedThereAndAnAnswerIsNot() {
        assertThat(failure(Status.UNAVAILABLE).getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(fleet.skippy.stats().completed(Outcome.SERVER_ERROR)).isGreaterThan(1);
        long before = fleet.skippy.stats().completed(Outcome.SUCCESS);
        assertThat(failure(Status.NOT_FOUND).getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(fleet.skippy.stats().completed(Outcome.SUCCESS)).isEqualTo(before + 1);
        assertThat(fleet.skippy.stats().completed(Outcome.UNREPORTED)).isZero();
    }
}
