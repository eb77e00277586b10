package io.serviceresolver.fleet;

import io.serviceresolver.ServiceResolver;
import io.serviceresolver.balancer.BalancerFactory;
import io.serviceresolver.endpoint.AddressPolicy;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.k8s.EndpointSliceSource;
import io.serviceresolver.k8s.Route;
import io.serviceresolver.testkit.FakeCluster;
import io.serviceresolver.testkit.FakeNamespace;
import io.serviceresolver.testkit.FakePod;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The Pods of the service skippy, each with a real server, and a resolver that hears of them by its watch. */
final class Fleet implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final FakeCluster cluster = FakeCluster.start();
    private final FakeNamespace shield = cluster.namespace("shield");
    private final int port = freePort();
    private final List<FleetServer> servers = new ArrayList<>();
    private final List<Future<Void>> endings = new ArrayList<>();
    private final int size;

    private final ServiceResolver resolver;

    Fleet(int size, BalancerFactory balancer) {
        this.size = size;
        shield.service("skippy").port("http", 80, port).selector("app", "skippy");
        for (int number = 1; number <= size; number++) {
            startPod(number);
        }
        resolver = ServiceResolver.builder()
                .source(EndpointSliceSource.builder()
                        .kubeconfig(kubeconfig(cluster))
                        .route(Route.POD)
                        .build())
                .cluster(new ClusterContext("shield", ClusterContext.DEFAULT_DOMAIN))
                .addresses(AddressPolicy.standard().permitLoopback())
                .balancer(balancer)
                .build();
        resolver.service("skippy").awaitReady(Duration.ofSeconds(30));
    }

    /** How many requests each Pod has had that ever was, in the order of their numbers. */
    List<Long> requests() {
        return servers.stream().map(FleetServer::requests).toList();
    }

    /** The address of the Service, for who knows nothing of its Pods. */
    ClusterIp clusterIp() {
        return ClusterIp.start(vertx, resolver.service("skippy"));
    }

    /** One more Pod. */
    void add() {
        startPod(servers.size() + 1);
    }

    ServiceResolver resolver() {
        return resolver;
    }

    /** The Pod with this number, counted on through all updates. */
    private FakePod pod(int number) {
        return shield.pod("skippy-" + number);
    }

    private static String address(int number) {
        return "127.0." + (1 + number / 250) + "." + (1 + number % 250);
    }

    private void startPod(int number) {
        String address = address(number);
        servers.add(FleetServer.start(vertx, address, port));
        pod(number).label("app", "skippy").ip(address).ready();
    }

    /** What a Deployment does first for one Pod: the new one is ready, and it is said that the old one terminates. */
    void replace(int number) {
        startPod(number + size);
        pod(number).terminate();
    }

    /** Whether calls that begin now go to a Pod, as those who call have yet to hear that it terminates. */
    boolean isCalled(int number) {
        return resolver.service("skippy:80").endpoints().endpoints().stream()
                .filter(endpoint -> endpoint.conditions().ready())
                .anyMatch(endpoint -> endpoint.address().equals(address(number)));
    }

    /** What happens to a Pod that is taken away: it is said that it terminates, and its server is told to go, both at once. */
    void end(int number) {
        pod(number).terminate();
        terminate(number);
    }

    /** SIGTERM for the server of a Pod, which is gone when its server has ended. */
    void terminate(int number) {
        endings.add(servers.get(number - 1)
                .terminate()
                .onSuccess(gone -> pod(number).delete()));
    }

    /** Waits until all servers that were told to go are gone. */
    void awaitEndings() {
        endings.forEach(FleetServer::join);
    }

    @Override
    public void close() {
        resolver.close();
        FleetServer.join(vertx.close());
        cluster.close();
    }

    /** A port that nobody has on any address at this moment. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path kubeconfig(FakeCluster cluster) {
        try {
            Path file = Files.createTempFile("kubeconfig", ".yaml");
            file.toFile().deleteOnExit();
            return Files.writeString(file, cluster.kubeconfig());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
