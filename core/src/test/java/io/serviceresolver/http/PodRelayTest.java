package io.serviceresolver.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.testkit.VirtualTime;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A relay, as seen from its two ends. */
class PodRelayTest {

    private static final ServiceName SKIPPY = new ServiceName("skippy", "shield", ServicePort.forScheme("http"));
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final VirtualTime time = new VirtualTime();
    private final Skippy skippy = new Skippy(
            time, ServiceHttpOptions.defaults(), RetryPolicy.never(), Endpoint.of("127.0.1.9", 80));
    private final PodRelays relays = new PodRelays(skippy.resolver, Optional.of(CONNECT_TIMEOUT));
    private final ServerSocket pod = new ServerSocket(0, 1, InetAddress.getByName("127.0.1.8"));
    private final PodRelay relay = relays.begin(SKIPPY, Endpoint.of("127.0.1.8", pod.getLocalPort()));

    PodRelayTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        relays.close();
        awaitNoThread();
        skippy.close();
        pod.close();
    }

    private static void awaitNoThread() {
        Skippy.await("the thread ends", () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("service-resolver-relay")));
    }

    private Socket connect(String request) throws IOException {
        InetSocketAddress address = relay.address();
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        return socket;
    }

    private static String request(String secret) {
        return "CONNECT skippy:443 HTTP/1.1\r\nHost: skippy:443\r\nProxy-Authorization: " + secret + "\r\n\r\n";
    }

    /** The head of an answer, or what there is of it. */
    private static String head(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        int next = socket.getInputStream().read();
        while (next >= 0) {
            head.append((char) next);
            boolean complete = head.indexOf("\r\n\r\n") >= 0;
            next = complete ? -1 : socket.getInputStream().read();
        }
        return head.toString();
    }

    private Socket tunnel() throws IOException {
        Socket socket = connect(request(relays.secret()));
        assertThat(head(socket)).isEqualTo("HTTP/1.1 200 Connected\r\n\r\n");
        return socket;
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    }

    private static void write(Socket socket, byte... bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Has time pass until something has happened. */
    private void passes(Duration step, String what, Callable<Boolean> happened) {
        Skippy.await(what, () -> {
            time.advance(step);
            try {
                return happened.call();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    private static boolean isOver(Socket socket) throws IOException {
        socket.setSoTimeout(1);
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        }
    }

    @Test
    void listensOnLoopbackOnly() {
        assertThat(relay.address().getAddress().getHostAddress()).isEqualTo("127.0.0.1");
    }

    @Test
    void copiesAllThatIsSentBothWaysHoweverSlowlyItIsTaken() throws Exception {
        byte[] there = new byte[10_000_000];
        byte[] back = new byte[10_000_000];
        new Random(7).nextBytes(there);
        new Random(8).nextBytes(back);
        try (Socket client = tunnel();
                Socket atPod = pod.accept()) {
            CompletableFuture<Void> sent = CompletableFuture.allOf(
                    CompletableFuture.runAsync(() -> write(client, there), PodRelayTest::start),
                    CompletableFuture.runAsync(() -> write(atPod, back), PodRelayTest::start));
            assertThat(atPod.getInputStream().readAllBytes()).isEqualTo(there);
            assertThat(client.getInputStream().readAllBytes()).isEqualTo(back);
            sent.get(30, SECONDS);
        }
    }

    /** What is in flight fits into the buffers of four sockets and one of the relay. */
    @Test
    void readsNoFasterThanTheOtherSideDoes() throws Exception {
        try (ServerSocketChannel fast = ServerSocketChannel.open()) {
            fast.bind(new InetSocketAddress("127.0.1.6", 0));
            int port = ((InetSocketAddress) fast.getLocalAddress()).getPort();
            InetSocketAddress address =
                    relays.begin(SKIPPY, Endpoint.of("127.0.1.6", port)).address();
            try (Socket client = new Socket(address.getAddress(), address.getPort())) {
                client.getOutputStream().write(request(relays.secret()).getBytes(ISO_8859_1));
                SocketChannel atPod = fast.accept();
                atPod.configureBlocking(false);
                long written = fill(atPod);
                assertThat(written).isLessThan(100_000_000);
                atPod.shutdownOutput();
                assertThat(head(client)).startsWith("HTTP/1.1 200 ");
                assertThat(client.getInputStream().transferTo(OutputStream.nullOutputStream()))
                        .isEqualTo(written);
                atPod.close();
            }
        }
    }

    /** Writes until nothing more is taken, however often it is tried. */
    private static long fill(SocketChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(100_000);
        long written = 0;
        for (int refusals = 0; refusals < 1_000_000; refusals++) {
            int taken = channel.write(bytes.clear());
            written += taken;
            refusals = taken == 0 ? refusals : 0;
        }
        return written;
    }

    @Test
    void anEndOfOneDirectionLeavesTheOther() throws Exception {
        try (Socket client = tunnel();
                Socket atPod = pod.accept()) {
            write(client, (byte) 1);
            assertThat(atPod.getInputStream().readAllBytes()).containsExactly(1);
            write(atPod, (byte) 2);
            assertThat(client.getInputStream().readAllBytes()).containsExactly(2);
        }
    }

    @Test
    void aBrokenConnectionDoesNotLookLikeOneThatEnded() throws Exception {
        try (Socket client = tunnel()) {
            Socket atPod = pod.accept();
            atPod.setSoLinger(true, 0);
            atPod.close();
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void aPodThatGoesOnAfterItsClientHasGoneIsCutOff() throws Exception {
        Socket client = tunnel();
        try (Socket atPod = pod.accept()) {
            client.close();
            assertThat(atPod.getInputStream().read()).isNegative();
            passes(PATIENCE, "it is cut off", () -> {
                try {
                    atPod.getOutputStream().write(1);
                    return false;
                } catch (IOException e) {
                    return true;
                }
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "CONNECT skippy:443 HTTP/1.1\r\nHost: skippy:443\r\n\r\n",
        "CONNECT skippy:443 HTTP/1.1\r\nProxy-Authorization: wrong\r\n\r\n",
        "GET http://skippy/ HTTP/1.1\r\nHost: skippy\r\n\r\n",
        "\r\n\r\n"
    })
    void whoeverDoesNotKnowTheSecretIsRefused(String request) throws Exception {
        try (Socket stranger = connect(request)) {
            assertThat(head(stranger)).startsWith("HTTP/1.1 403 ");
            assertThat(stranger.getInputStream().read()).isNegative();
        }
        assertNobodyCame();
    }

    @Test
    void theSecretAloneMakesNoTunnel() throws Exception {
        try (Socket odd = connect(request(relays.secret()).replace("CONNECT", "GET"))) {
            assertThat(head(odd)).startsWith("HTTP/1.1 403 ");
        }
        assertNobodyCame();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100_000})
    void whatIsNoRequestIsCutOff(int length) throws Exception {
        String request = length == 0 ? request(relays.secret()) + "more" : "x".repeat(length);
        try (Socket stranger = connect(request)) {
            assertThat(head(stranger)).isEmpty();
        } catch (SocketException reset) {
            // As good.
        }
        assertNobodyCame();
    }

    @Test
    void whoSaysNothingIsCutOff() throws Exception {
        try (Socket silent = connect("CONNECT")) {
            passes(PATIENCE, "it is cut off", () -> isOver(silent));
        }
        assertNobodyCame();
    }

    private void assertNobodyCame() throws IOException {
        pod.setSoTimeout(1);
        assertThatThrownBy(pod::accept).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void aPodThatRefusesIsABadGateway() throws Exception {
        pod.close();
        try (Socket client = connect(request(relays.secret()))) {
            assertThat(head(client)).startsWith("HTTP/1.1 502 ").contains("\r\nConnection: close\r\n");
            assertThat(client.getInputStream().read()).isNegative();
        }
        assertThat(relay.reason(new IOException("Tunnel failed, got: 502")))
                .isInstanceOf(ConnectException.class)
                .hasMessage("Connection refused");
        IOException other = new IOException("Tunnel failed, got: 403");
        assertThat(relay.reason(other)).isSameAs(other);
    }

    /** A full queue of connections that nobody accepts is as good as an address that is gone. */
    @Test
    void aPodThatDoesNotAnswerIsAGatewayTimeout() throws Exception {
        List<SocketChannel> queue = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                SocketChannel waiting = SocketChannel.open();
                waiting.configureBlocking(false);
                waiting.connect(pod.getLocalSocketAddress());
                queue.add(waiting);
            }
            try (Socket client = connect(request(relays.secret()))) {
                passes(CONNECT_TIMEOUT, "an answer", () -> client.getInputStream().available() > 0);
                assertThat(head(client)).startsWith("HTTP/1.1 504 ");
            }
        } finally {
            for (SocketChannel waiting : queue) {
                waiting.close();
            }
        }
    }

    @Test
    void isClosedWhenNobodyHasUsedItForAWhile() throws Exception {
        Socket client = tunnel();
        Socket atPod = pod.accept();
        relays.end(relay);
        time.advance(IDLE);
        assertThat(relays.size()).isEqualTo(1);
        client.close();
        atPod.close();
        passes(IDLE, "it is closed", () -> relays.size() == 0);
        awaitNoThread();
        assertThatThrownBy(() -> connect("")).isInstanceOf(ConnectException.class);
    }

    @Test
    void aUseKeepsIt() throws Exception {
        Socket client = tunnel();
        relays.end(relay);
        client.close();
        pod.accept().close();
        assertThat(relays.begin(SKIPPY, Endpoint.of("127.0.1.8", pod.getLocalPort())))
                .isSameAs(relay);
        for (int i = 0; i < 100; i++) {
            time.advance(IDLE);
        }
        tunnel().close();
        assertThat(relays.size()).isEqualTo(1);
    }

    @Test
    void isClosedAtOnceWhereNobodyHasConnected() {
        relays.end(relay);
        assertThat(relays.size()).isZero();
        awaitNoThread();
    }

    @Test
    void eachPodHasItsOwn() throws Exception {
        PodRelay other = relays.begin(SKIPPY, Endpoint.of("127.0.1.7", pod.getLocalPort()));
        assertThat(other.address()).isNotEqualTo(relay.address());
        assertThat(relays.size()).isEqualTo(2);
    }

    @Test
    void closingEndsWhatIsOpen() throws Exception {
        try (Socket client = tunnel();
                Socket atPod = pod.accept()) {
            relays.close();
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
            assertThatThrownBy(() -> atPod.getInputStream().read()).isInstanceOf(SocketException.class);
            awaitNoThread();
            assertThatThrownBy(() -> relays.begin(SKIPPY, Endpoint.of("127.0.1.8", 1)))
                    .isInstanceOf(IOException.class);
        }
    }
}
