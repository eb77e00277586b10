package io.serviceresolver.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.testkit.TcpProxy.Mode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {

    private static final int PATIENCE_MILLIS = 30_000;

    /** What the server read, byte by byte; -1 where the client ended its direction. */
    private final LinkedBlockingQueue<Integer> heard = new LinkedBlockingQueue<>();

    /** Answers each byte with the next one, and "." with an end. */
    private final PodSocket server = PodSocket.start("127.0.0.1", 0, connection -> {
        String head = connection.readRequest();
        while (!head.isEmpty()) {
            heard.add((int) head.charAt(0));
            connection.write(String.valueOf((char) (head.charAt(0) + 1)));
            head = connection.readRequest();
        }
        heard.add(-1);
    });

    private final TcpProxy proxy = TcpProxy.to(new InetSocketAddress(server.address(), server.port()));

    @AfterEach
    void stop() {
        proxy.close();
        server.close();
    }

    @Test
    void passesBytesBothWaysAndCountsConnections() throws Exception {
        try (Socket one = connect();
                Socket other = connect()) {
            say(one, 'a');
            say(other, 'p');
            assertThat(one.getInputStream().read()).isEqualTo('b');
            assertThat(other.getInputStream().read()).isEqualTo('q');
            assertThat(proxy.accepted()).isEqualTo(2);
            assertThat(proxy.open()).isEqualTo(2);
        }
        assertThat(next()).isIn((int) 'a', (int) 'p');
        assertThat(next()).isIn((int) 'a', (int) 'p');
        assertThat(next()).isEqualTo(-1);
        assertThat(next()).isEqualTo(-1);
    }

    @Test
    void cutsWhatIsOpenAndLetsTheNextOneThrough() throws Exception {
        try (Socket socket = connect()) {
            say(socket, 'a');
            assertThat(socket.getInputStream().read()).isEqualTo('b');
            proxy.cut();
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
        }
        try (Socket socket = connect()) {
            say(socket, 'c');
            assertThat(socket.getInputStream().read()).isEqualTo('d');
        }
    }

    @Test
    void stallsWithoutLosingAByte() throws Exception {
        try (Socket socket = connect()) {
            say(socket, 'a');
            assertThat(socket.getInputStream().read()).isEqualTo('b');
            assertThat(next()).isEqualTo('a');
            proxy.mode(Mode.STALL);
            say(socket, 'c');
            assertSilent(socket);
            assertThat(heard).isEmpty();
            proxy.mode(Mode.PASS);
            assertThat(socket.getInputStream().read()).isEqualTo('d');
        }
    }

    @Test
    void swallowsWhatIsSent() throws Exception {
        try (Socket socket = connect()) {
            proxy.mode(Mode.SWALLOW);
            say(socket, 'a');
            assertSilent(socket);
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void acceptsLater() throws Exception {
        proxy.mode(Mode.NOT_ACCEPTING);
        try (Socket socket = connect()) {
            say(socket, 'a');
            assertSilent(socket);
            assertThat(proxy.accepted()).isZero();
            proxy.mode(Mode.PASS);
            proxy.awaitAccepted(1);
            assertThat(socket.getInputStream().read()).isEqualTo('b');
        }
    }

    @Test
    void endsTheAnswersOnly() throws Exception {
        try (Socket socket = connect()) {
            say(socket, 'a');
            assertThat(socket.getInputStream().read()).isEqualTo('b');
            assertThat(next()).isEqualTo('a');
            proxy.endAnswers();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            say(socket, 'c');
            say(socket, 'e');
            assertThat(next()).isEqualTo('c');
            assertThat(next()).isEqualTo('e');
        }
    }

    @Test
    void passesTheEndOfADirectionOn() throws Exception {
        try (Socket socket = connect()) {
            socket.shutdownOutput();
            assertThat(next()).isEqualTo(-1);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void refusesAndResetsOnceItIsClosed() throws Exception {
        try (Socket socket = connect()) {
            say(socket, 'a');
            assertThat(socket.getInputStream().read()).isEqualTo('b');
            proxy.close();
            proxy.close();
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
            assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(proxy.address().getAddress(), proxy.address().getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static void say(Socket socket, char what) throws IOException {
        socket.getOutputStream().write(new byte[] {(byte) what, '\r', '\n', '\r', '\n'});
    }

    /** Nothing comes for a moment: a time-out that passes by itself proves little, so this only ever fails rightly. */
    private static void assertSilent(Socket socket) throws IOException {
        socket.setSoTimeout(50);
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    private int next() throws InterruptedException {
        Integer byteHeard = heard.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        return byteHeard == null ? -2 : byteHeard;
    }
}
