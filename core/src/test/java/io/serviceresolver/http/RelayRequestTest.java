package io.serviceresolver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a relay makes of requests for a tunnel. */
class RelayRequestTest {

    private final RelayWorld world = new RelayWorld();

    RelayRequestTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        world.close();
    }

    private static boolean isOver(Socket socket) throws IOException {
        socket.setSoTimeout(1);
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        }
    }

    private void assertNobodyCame() throws IOException {
        world.pod.setSoTimeout(1);
        assertThatThrownBy(world.pod::accept).isInstanceOf(SocketTimeoutException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONNECT skippy:443 HTTP/1.1\r\nHost: skippy:443\r\n\r\n",
                "CONNECT skippy:443 HTTP/1.1\r\nProxy-Authorization: wrong\r\n\r\n",
                "GET http://skippy/ HTTP/1.1\r\nHost: skippy\r\n\r\n",
                "\r\n\r\n"
            })
    void whoeverDoesNotKnowTheSecretIsRefused(String request) throws Exception {
        try (Socket stranger = world.connect(request)) {
            assertThat(RelayWorld.head(stranger)).startsWith("HTTP/1.1 403 ");
            assertThat(stranger.getInputStream().read()).isNegative();
        }
        assertNobodyCame();
    }

    @Test
    void theSecretAloneMakesNoTunnel() throws Exception {
        try (Socket odd =
                world.connect(RelayWorld.request(world.relays.secret()).replace("CONNECT", "GET"))) {
            assertThat(RelayWorld.head(odd)).startsWith("HTTP/1.1 403 ");
        }
        assertNobodyCame();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100_000})
    void whatIsNoRequestIsCutOff(int length) throws Exception {
        String request = length == 0 ? RelayWorld.request(world.relays.secret()) + "more" : "x".repeat(length);
        try (Socket stranger = world.connect(request)) {
            assertThat(RelayWorld.head(stranger)).isEmpty();
        } catch (SocketException reset) {
            // As good.
        }
        assertNobodyCame();
    }

    @Test
    void whoSaysNothingIsCutOff() throws Exception {
        try (Socket silent = world.connect("CONNECT")) {
            world.passes(RelayWorld.PATIENCE, "it is cut off", () -> isOver(silent));
        }
        assertNobodyCame();
    }

    @Test
    void aPodThatRefusesIsABadGateway() throws Exception {
        world.pod.close();
        try (Socket client = world.connect(RelayWorld.request(world.relays.secret()))) {
            assertThat(RelayWorld.head(client)).startsWith("HTTP/1.1 502 ").contains("\r\nConnection: close\r\n");
            assertThat(client.getInputStream().read()).isNegative();
        }
        assertThat(world.relay.reason(new IOException("Tunnel failed, got: 502")))
                .isInstanceOf(ConnectException.class)
                .hasMessage("Connection refused");
        IOException other = new IOException("Tunnel failed, got: 403");
        assertThat(world.relay.reason(other)).isSameAs(other);
    }

    /** A full queue of connections that nobody accepts is as good as an address that is gone. */
    @Test
    void aPodThatDoesNotAnswerIsAGatewayTimeout() throws Exception {
        List<SocketChannel> queue = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                SocketChannel waiting = SocketChannel.open();
                waiting.configureBlocking(false);
                waiting.connect(world.pod.getLocalSocketAddress());
                queue.add(waiting);
            }
            try (Socket client = world.connect(RelayWorld.request(world.relays.secret()))) {
                world.passes(
                        RelayWorld.CONNECT_TIMEOUT,
                        "an answer",
                        () -> client.getInputStream().available() > 0);
                assertThat(RelayWorld.head(client)).startsWith("HTTP/1.1 504 ");
            }
            assertThat(world.relay.reason(new IOException("Tunnel failed, got: 504")))
                    .isInstanceOf(HttpConnectTimeoutException.class);
        } finally {
            for (SocketChannel waiting : queue) {
                waiting.close();
            }
        }
    }
}
