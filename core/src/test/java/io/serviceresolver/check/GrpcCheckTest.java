package io.serviceresolver.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.serviceresolver.endpoint.Endpoint;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Checks of servers that speak gRPC by the library that most of them use. */
class GrpcCheckTest {

    private final HealthStatusManager health = new HealthStatusManager();

    private static Server start(NettyServerBuilder builder) throws Exception {
        return builder.build().start();
    }

    private static NettyServerBuilder builder() {
        return NettyServerBuilder.forAddress(new InetSocketAddress("127.0.4.2", 0));
    }

    private static Endpoint endpoint(Server server) {
        return Endpoint.of("127.0.4.2", server.getPort());
    }

    private static void stop(Server server) throws InterruptedException {
        server.shutdownNow().awaitTermination(30, TimeUnit.SECONDS);
    }

    @Test
    void goesByTheStateOfTheService() throws Exception {
        String longest = "shield." + "Agents".repeat(40);
        Server server = start(builder().addService(health.getHealthService()));
        try {
            health.setStatus("shield.Agents", ServingStatus.NOT_SERVING);
            health.setStatus("shield.Pods", ServingStatus.UNKNOWN);
            health.setStatus(longest, ServingStatus.SERVING);
            assertThat(Asking.ask(HealthCheck.grpc(), endpoint(server))).isEqualTo("passed");
            assertThat(Asking.ask(HealthCheck.grpc(longest), endpoint(server))).isEqualTo("passed");
            assertThat(Asking.ask(HealthCheck.grpc("shield.Agents"), endpoint(server)))
                    .isEqualTo("gRPC health NOT_SERVING");
            assertThat(Asking.ask(HealthCheck.grpc("shield.Pods"), endpoint(server)))
                    .isEqualTo("gRPC health UNKNOWN");
            assertThat(Asking.ask(HealthCheck.grpc("shield.Nobody"), endpoint(server)))
                    .isEqualTo("a gRPC error, no health status");
            health.enterTerminalState();
            assertThat(Asking.ask(HealthCheck.grpc(), endpoint(server))).isEqualTo("gRPC health NOT_SERVING");
        } finally {
            stop(server);
        }
        assertThat(Asking.ask(HealthCheck.grpc(), endpointOf(server))).isEqualTo("Connection refused");
    }

    /** A port where nobody listens any more. */
    private static Endpoint endpointOf(Server stopped) throws Exception {
        try (RawServer server = RawServer.start(connection -> {})) {
            assertThat(stopped.isTerminated()).isTrue();
            return server.endpoint();
        }
    }

    @Test
    void failsWhereTheServerDoesNotKnowTheProtocol() throws Exception {
        Server server = start(builder());
        try {
            assertThat(Asking.ask(HealthCheck.grpc(), endpoint(server))).isEqualTo("a gRPC error, no health status");
        } finally {
            stop(server);
        }
    }

    @Test
    void saysTheNameOfTheServiceForAuthority() throws Exception {
        CompletableFuture<String> authority = new CompletableFuture<>();
        Server server = start(builder().addService(health.getHealthService()).intercept(new ServerInterceptor() {
            @Override
            public <Q, A> ServerCall.Listener<Q> interceptCall(
                    ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
                authority.complete(String.valueOf(call.getAuthority()));
                return next.startCall(call, headers);
            }
        }));
        try {
            assertThat(Asking.ask(HealthCheck.grpc(), endpoint(server))).isEqualTo("passed");
            assertThat(authority.get(30, TimeUnit.SECONDS)).isEqualTo("skippy.shield.svc");
        } finally {
            stop(server);
        }
    }
}
