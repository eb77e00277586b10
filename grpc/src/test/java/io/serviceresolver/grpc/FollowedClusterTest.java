package io.serviceresolver.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.NameResolverRegistry;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.serviceresolver.ServiceResolver;
import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.endpoint.AddressPolicy;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.k8s.EndpointSliceSource;
import io.serviceresolver.k8s.Route;
import io.serviceresolver.testkit.FakeCluster;
import io.serviceresolver.testkit.FakeNamespace;
import io.serviceresolver.testkit.FakePod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A channel that hears of Pods by a watch, by the name of a port. */
class FollowedClusterTest {

    @TempDir
    private Path directory;

    private static FakePod know(FakeNamespace shield, GrpcPod pod) {
        String name = "skippy-" + pod.address().substring(pod.address().lastIndexOf('.') + 1);
        return shield.pod(name).label("app", "skippy").ip(pod.address()).ready();
    }

    private static boolean answers(ManagedChannel channel, String... addresses) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 30; i++) {
            seen.add(Echo.ask(channel, CallOptions.DEFAULT.withWaitForReady(), "who")
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join());
        }
        return seen.equals(Set.of(addresses));
    }

    private ServiceResolver resolver(FakeCluster cluster) throws IOException {
        return ServiceResolver.builder()
                .source(EndpointSliceSource.builder()
                        .kubeconfig(Files.writeString(directory.resolve("kubeconfig"), cluster.kubeconfig()))
                        .route(Route.POD)
                        .build())
                .cluster(new ClusterContext("shield", ClusterContext.DEFAULT_DOMAIN))
                .balancer(Balancers.roundRobin())
                .addresses(AddressPolicy.standard().permitLoopback())
                .build();
    }

    @Test
    void callsFollowPodsAsTheyComeAndGo() throws IOException {
        try (FakeCluster cluster = FakeCluster.start();
                GrpcPod one = new GrpcPod("127.0.7.1", 0);
                GrpcPod two = new GrpcPod("127.0.7.2", one.port());
                ServiceResolver resolver = resolver(cluster)) {
            FakeNamespace shield = cluster.namespace("shield");
            shield.service("skippy")
                    .port("metrics", 9090, 9090)
                    .port("grpc", 80, one.port())
                    .selector("app", "skippy");
            FakePod first = know(shield, one);
            ServiceNameResolverProvider provider = ServiceNameResolverProvider.of(resolver);
            NameResolverRegistry.getDefaultRegistry().register(provider);
            ManagedChannel channel = NettyChannelBuilder.forTarget("service-resolver:///skippy:grpc")
                    .usePlaintext()
                    .build();
            try {
                assertThat(answers(channel, one.address())).isTrue();
                know(shield, two);
                GrpcWorld.await("both", () -> answers(channel, one.address(), two.address()));
                first.terminate();
                GrpcWorld.await("the second alone", () -> answers(channel, two.address()));
                first.delete();
                assertThat(answers(channel, two.address())).isTrue();
            } finally {
                GrpcWorld.end(channel);
                NameResolverRegistry.getDefaultRegistry().deregister(provider);
            }
        }
    }
}
