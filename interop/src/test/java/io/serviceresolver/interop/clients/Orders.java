package io.serviceresolver.interop.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.ServiceHandle;
import io.serviceresolver.ServiceResolver;
import io.serviceresolver.ServiceStats;
import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.http.ServiceHttpClient;
import io.serviceresolver.source.StaticSource;
import io.serviceresolver.testkit.PodSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The service {@code skippy}, whose Pods keep orders and are called in turn. To close it asserts that nothing is in flight. */
final class Orders implements AutoCloseable {

    /** Enough for each Pod to have its turn. */
    static final int CALLS = 20;

    private static final String NETWORK = "127.0.5.";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    final OrderPod first = new OrderPod(NETWORK + 1);
    final OrderPod second = new OrderPod(NETWORK + 2);
    final ServiceResolver resolver;

    private final List<PodSocket> sockets = new ArrayList<>();

    private Orders(Endpoint... others) throws IOException {
        List<Endpoint> endpoints = new ArrayList<>(List.of(others));
        endpoints.add(Endpoint.of(first.address(), first.port()));
        endpoints.add(Endpoint.of(second.address(), second.port()));
        resolver = ServiceResolver.builder()
                .source(StaticSource.of("skippy", endpoints.toArray(Endpoint[]::new)))
                .cluster(new ClusterContext("shield", "cluster.local"))
                .balancer(Balancers.roundRobin())
                .firstAnswerTimeout(Duration.ofSeconds(30))
                .build();
        service().awaitReady(Duration.ofSeconds(30));
    }

    /** Two good Pods. */
    static Orders good() throws IOException {
        return new Orders();
    }

    /** Two good Pods, one that refuses connections, and one that closes each without an answer. */
    static Orders withDeadPods() throws IOException {
        PodSocket closing = PodSocket.start(NETWORK + 3, 0, PodSocket.closingAfter(""));
        Orders orders = new Orders(refusing(), Endpoint.of(closing.address(), closing.port()));
        orders.sockets.add(closing);
        return orders;
    }

    /** Two good Pods, and one that takes requests and never says anything. */
    static Orders withSilentPod() throws IOException {
        PodSocket silent = PodSocket.start(NETWORK + 3, 0, PodSocket.stallingAfter(""));
        Orders orders = new Orders(Endpoint.of(silent.address(), silent.port()));
        orders.sockets.add(silent);
        return orders;
    }

    /** Of an address that nobody else uses: a port that was free stays so. */
    private static Endpoint refusing() throws IOException {
        String address = NETWORK + 4;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return Endpoint.of(address, socket.getLocalPort());
        }
    }

    /** A client of the JDK. */
    static HttpClient jdk() {
        return HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(30)).build();
    }

    /** The client to call by. */
    HttpClient client(Way way) {
        return way == Way.BY_ADDRESS ? jdk() : ServiceHttpClient.wrap(jdk(), resolver);
    }

    /** What to call. */
    String url(Way way) {
        return way == Way.BY_ADDRESS ? "http://" + first.address() + ":" + first.port() : "http://skippy";
    }

    /** How many requests the good Pods have got. */
    int requests() {
        return first.requests().size() + second.requests().size();
    }

    /** The figures of {@code http://skippy/}. */
    ServiceStats stats() {
        return service().stats();
    }

    private ServiceHandle service() {
        return resolver.service(new ServiceName("skippy", "shield", ServicePort.forScheme("http")));
    }

    /** Makes a call so often that each Pod has its turn: it never fails, though some attempts do. */
    void assertDeadPodsAreNotNoticed(Callable<String> call) throws Exception {
        for (int i = 0; i < CALLS; i++) {
            assertThat(call.call()).isEqualTo("order of /orders/7");
        }
        assertThat(requests()).isEqualTo(CALLS);
        assertThat(stats().completed(Outcome.CONNECT_FAILED)).isPositive();
        assertThat(stats().completed(Outcome.IO_ERROR)).isPositive();
    }

    /** Waits until one of the good Pods has got a request. */
    void awaitRequest() {
        CompletableFuture.anyOf(first.asked(), second.asked())
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    /** Waits until somebody has gone away before the end of an answer. */
    void awaitBrokenOff() {
        CompletableFuture.anyOf(first.brokenOff(), second.brokenOff())
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    /** Makes calls that never end by themselves, until the body of one was broken off. */
    void callUntilBrokenOff(Runnable call) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!first.brokenOff().isDone() && !second.brokenOff().isDone()) {
            assertThat(System.nanoTime() - end)
                    .as("no body was broken off: nanoseconds too late")
                    .isNegative();
            call.run();
        }
    }

    /** Waits until no call is in flight. */
    void awaitIdle() {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (stats().inFlight() > 0) {
            assertThat(System.nanoTime() - end)
                    .as("a call in flight: nanoseconds too late")
                    .isNegative();
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        try {
            awaitIdle();
        } finally {
            first.close();
            second.close();
            sockets.forEach(PodSocket::close);
            resolver.close();
        }
    }
}
