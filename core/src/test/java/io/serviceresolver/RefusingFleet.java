package io.serviceresolver;

import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.source.StaticSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ten endpoints of one server, on real sockets: at one of them nobody listens. */
final class RefusingFleet implements AutoCloseable {

    private static final int SIZE = 10;
    private static final String NETWORK = "127.0.9.";

    private final ServiceResolver resolver;
    final ServiceHandle skippy;
    final Endpoint bad;

    /**
     * Makes them.
     *
     * @param port where a server listens, at all addresses of the loopback
     */
    RefusingFleet(int port) throws IOException {
        bad = refusing();
        List<Endpoint> all = new ArrayList<>(List.of(bad));
        for (int i = 1; i < SIZE; i++) {
            all.add(Endpoint.of(NETWORK + i, port));
        }
        resolver = ServiceResolver.builder()
                .source(StaticSource.of("skippy", all.toArray(Endpoint[]::new)))
                .balancer(Balancers.roundRobin())
                .firstAnswerTimeout(EngineTest.PATIENCE)
                .build();
        skippy = resolver.service("skippy");
    }

    /** Of an address that nobody else uses: a port that was free stays so. */
    private static Endpoint refusing() throws IOException {
        String address = NETWORK + SIZE;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return Endpoint.of(address, socket.getLocalPort());
        }
    }

    /** Waits until somebody is left alone: the event loop may be late. */
    void awaitEjection() {
        EngineTest.await("an ejection", () -> skippy.stats().ejections() > 0);
    }

    @Override
    public void close() {
        resolver.close();
    }
}
