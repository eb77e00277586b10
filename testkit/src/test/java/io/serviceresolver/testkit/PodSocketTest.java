package io.serviceresolver.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.testkit.PodSocket.Script;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PodSocketTest {

    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

    @Test
    void answersEachRequestOfAConnection() throws Exception {
        try (PodSocket pod = start(PodSocket.answering("answer"))) {
            try (Socket socket = connect(pod)) {
                for (int i = 0; i < 3; i++) {
                    assertThat(ask(socket, 6)).isEqualTo("answer");
                }
                assertThat(pod.connections()).isEqualTo(1);
                assertThat(pod.open()).isEqualTo(1);
            }
            pod.awaitIdle();
            assertThat(pod.open()).isZero();
        }
    }

    @Test
    void givesTheScriptTheHeadOfTheRequest() throws Exception {
        try (PodSocket pod = start(connection -> connection.write(connection.readRequest()));
                Socket socket = connect(pod)) {
            assertThat(ask(socket, Integer.MAX_VALUE)).isEqualTo("GET / HTTP/1.1\r\nHost: x");
        }
    }

    @Test
    void closesAfterHalfAnAnswer() throws Exception {
        try (PodSocket pod = start(PodSocket.closingAfter("half"));
                Socket socket = connect(pod)) {
            assertThat(ask(socket, Integer.MAX_VALUE)).isEqualTo("half");
        }
    }

    @Test
    void resets() throws Exception {
        try (PodSocket pod = start(PodSocket.resettingAfter(""));
                Socket socket = connect(pod)) {
            assertThatThrownBy(() -> ask(socket, 1)).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void stallsUntilTheOtherSideCloses() throws Exception {
        try (PodSocket pod = start(PodSocket.stallingAfter("half"))) {
            try (Socket socket = connect(pod)) {
                assertThat(ask(socket, 4)).isEqualTo("half");
                assertThat(pod.open()).isEqualTo(1);
            }
            pod.awaitIdle();
        }
    }

    @Test
    void sendsABodyWithoutEndUntilTheOtherSideCloses() throws Exception {
        try (PodSocket pod = start(PodSocket.endlessBody())) {
            try (Socket socket = connect(pod)) {
                assertThat(ask(socket, 10_000_000)).hasSize(10_000_000).startsWith("HTTP/1.1 200 OK");
            }
            pod.awaitIdle();
        }
    }

    @Test
    void closesItsConnectionsWhenItIsClosed() throws Exception {
        PodSocket pod = start(PodSocket.stallingAfter(""));
        try (Socket socket = connect(pod)) {
            pod.awaitConnections(1);
            pod.close();
            pod.close();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            assertThatThrownBy(() -> connect(pod)).isInstanceOf(IOException.class);
        }
    }

    private static PodSocket start(Script script) {
        return PodSocket.start("127.0.1.9", 0, script);
    }

    private static Socket connect(PodSocket pod) throws IOException {
        Socket socket = new Socket(pod.address(), pod.port());
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static String ask(Socket socket, int atMost) throws IOException {
        socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.ISO_8859_1));
        InputStream in = socket.getInputStream();
        return new String(in.readNBytes(atMost), StandardCharsets.ISO_8859_1);
    }
}
