package io.serviceresolver.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.testkit.VirtualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/** A relay to a Pod that is a bare socket, on virtual time. */
final class RelayWorld implements AutoCloseable {

    static final ServiceName SKIPPY = new ServiceName("skippy", "shield", ServicePort.forScheme("http"));
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    static final Duration IDLE = Duration.ofMinutes(1);
    static final Duration PATIENCE = Duration.ofSeconds(30);

    final VirtualTime time = new VirtualTime();
    private final Skippy skippy =
            new Skippy(time, ServiceHttpOptions.defaults(), RetryPolicy.never(), Endpoint.of("127.0.1.9", 80));
    final PodRelays relays = new PodRelays(skippy.resolver, Optional.of(CONNECT_TIMEOUT));
    final ServerSocket pod = new ServerSocket(0, 1, InetAddress.getByName("127.0.1.8"));
    final PodRelay relay = relays.begin(SKIPPY, Endpoint.of("127.0.1.8", pod.getLocalPort()));

    RelayWorld() throws IOException {}

    static void awaitNoThread() {
        Skippy.await(
                "the thread ends",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("service-resolver-relay")));
    }

    Socket connect(String request) throws IOException {
        InetSocketAddress address = relay.address();
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        return socket;
    }

    static String request(String secret) {
        return "CONNECT skippy:443 HTTP/1.1\r\nHost: skippy:443\r\nProxy-Authorization: " + secret + "\r\n\r\n";
    }

    /** The head of an answer, or what there is of it. */
    static String head(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        int next = socket.getInputStream().read();
        while (next >= 0) {
            head.append((char) next);
            boolean complete = head.indexOf("\r\n\r\n") >= 0;
            next = complete ? -1 : socket.getInputStream().read();
        }
        return head.toString();
    }

    Socket tunnel() throws IOException {
        Socket socket = connect(request(relays.secret()));
        assertThat(head(socket)).isEqualTo("HTTP/1.1 200 Connected\r\n\r\n");
        return socket;
    }

    /** Has time pass until something has happened, in steps that are no longer than one. */
    void passes(Duration step, String what, Callable<Boolean> happened) {
        Skippy.passes(time, step, what, () -> {
            try {
                return happened.call();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    @Override
    public void close() throws IOException {
        relays.close();
        awaitNoThread();
        skippy.close();
        pod.close();
    }
}
