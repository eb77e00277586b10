package io.serviceresolver.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.endpoint.Endpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A relay, as seen from its two ends. */
class PodRelayTest {

    private final RelayWorld world = new RelayWorld();

    PodRelayTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        world.close();
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

    @Test
    void listensOnLoopbackOnly() {
        assertThat(world.relay.address().getAddress().getHostAddress()).isEqualTo("127.0.0.1");
    }

    @Test
    void copiesAllThatIsSentBothWaysHoweverSlowlyItIsTaken() throws Exception {
        byte[] there = new byte[10_000_000];
        byte[] back = new byte[10_000_000];
        new Random(7).nextBytes(there);
        new Random(8).nextBytes(back);
        try (Socket client = world.tunnel();
                Socket atPod = world.pod.accept()) {
            CompletableFuture<Void> sent = CompletableFuture.allOf(
                    CompletableFuture.runAsync(() -> write(client, there), PodRelayTest::start),
                    CompletableFuture.runAsync(() -> write(atPod, back), PodRelayTest::start));
            assertThat(atPod.getInputStream().readAllBytes()).isEqualTo(there);
            assertThat(client.getInputStream().readAllBytes()).isEqualTo(back);
            sent.get(30, SECONDS);
        }
    }

    /** What is in flight fits into the buffers of four sockets and one of the world.relay. */
    @Test
    void readsNoFasterThanTheOtherSideDoes() throws Exception {
        try (ServerSocketChannel fast = ServerSocketChannel.open()) {
            fast.bind(new InetSocketAddress("127.0.1.6", 0));
            int port = ((InetSocketAddress) fast.getLocalAddress()).getPort();
            InetSocketAddress address = world.relays
                    .begin(RelayWorld.SKIPPY, Endpoint.of("127.0.1.6", port))
                    .address();
            try (Socket client = new Socket(address.getAddress(), address.getPort())) {
                client.getOutputStream()
                        .write(RelayWorld.request(world.relays.secret()).getBytes(ISO_8859_1));
                SocketChannel atPod = fast.accept();
                atPod.configureBlocking(false);
                long written = fill(atPod);
                assertThat(written).isLessThan(100_000_000);
                atPod.shutdownOutput();
                assertThat(RelayWorld.head(client)).startsWith("HTTP/1.1 200 ");
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
        try (Socket client = world.tunnel();
                Socket atPod = world.pod.accept()) {
            write(client, (byte) 1);
            assertThat(atPod.getInputStream().readAllBytes()).containsExactly(1);
            write(atPod, (byte) 2);
            assertThat(client.getInputStream().readAllBytes()).containsExactly(2);
        }
    }

    @Test
    void aBrokenConnectionDoesNotLookLikeOneThatEnded() throws Exception {
        try (Socket client = world.tunnel()) {
            Socket atPod = world.pod.accept();
            atPod.setSoLinger(true, 0);
            atPod.close();
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void aPodThatGoesOnAfterItsClientHasGoneIsCutOff() throws Exception {
        Socket client = world.tunnel();
        try (Socket atPod = world.pod.accept()) {
            client.close();
            assertThat(atPod.getInputStream().read()).isNegative();
            world.passes(RelayWorld.PATIENCE, "it is cut off", () -> {
                try {
                    atPod.getOutputStream().write(1);
                    return false;
                } catch (IOException e) {
                    return true;
                }
            });
        }
    }

    @Test
    void isClosedWhenNobodyHasUsedItForAWhile() throws Exception {
        Socket client = world.tunnel();
        Socket atPod = world.pod.accept();
        world.relays.end(world.relay);
        world.time.advance(RelayWorld.IDLE);
        assertThat(world.relays.size()).isEqualTo(1);
        client.close();
        atPod.close();
        world.passes(RelayWorld.IDLE, "it is closed", () -> world.relays.size() == 0);
        RelayWorld.awaitNoThread();
        assertThatThrownBy(() -> world.connect("")).isInstanceOf(ConnectException.class);
    }

    @Test
    void aUseKeepsIt() throws Exception {
        Socket client = world.tunnel();
        world.relays.end(world.relay);
        client.close();
        world.pod.accept().close();
        assertThat(world.relays.begin(RelayWorld.SKIPPY, Endpoint.of("127.0.1.8", world.pod.getLocalPort())))
                .isSameAs(world.relay);
        for (int i = 0; i < 100; i++) {
            world.time.advance(RelayWorld.IDLE);
        }
        world.tunnel().close();
        assertThat(world.relays.size()).isEqualTo(1);
    }

    @Test
    void isClosedAtOnceWhereNobodyHasConnected() {
        world.relays.end(world.relay);
        assertThat(world.relays.size()).isZero();
        RelayWorld.awaitNoThread();
    }

    @Test
    void eachPodHasItsOwn() throws Exception {
        PodRelay other = world.relays.begin(RelayWorld.SKIPPY, Endpoint.of("127.0.1.7", world.pod.getLocalPort()));
        assertThat(other.address()).isNotEqualTo(world.relay.address());
        assertThat(world.relays.size()).isEqualTo(2);
    }

    @Test
    void closingEndsWhatIsOpen() throws Exception {
        try (Socket client = world.tunnel();
                Socket atPod = world.pod.accept()) {
            world.relays.close();
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
            assertThatThrownBy(() -> atPod.getInputStream().read()).isInstanceOf(SocketException.class);
            RelayWorld.awaitNoThread();
            assertThatThrownBy(() -> world.relays.begin(RelayWorld.SKIPPY, Endpoint.of("127.0.1.8", 1)))
                    .isInstanceOf(IOException.class);
        }
    }
}
