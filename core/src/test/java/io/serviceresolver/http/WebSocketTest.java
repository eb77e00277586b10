package io.serviceresolver.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.ServiceStats;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.endpoint.Endpoint;
import java.io.IOException;
import java.net.ConnectException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSockets to services. */
class WebSocketTest {

    private final WebSocketPod pod = WebSocketPod.start("127.0.1.1");
    private final Skippy skippy = new Skippy(HttpClient.newHttpClient(), pod.endpoint());
    private final RecordingListener heard = new RecordingListener();

    WebSocketTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        skippy.close();
        pod.close();
    }

    private WebSocket open(Skippy by, String uri) throws Exception {
        return by.client
                .newWebSocketBuilder()
                .header("X-Key", "value")
                .subprotocols("chat", "talk")
                .connectTimeout(Duration.ofSeconds(30))
                .buildAsync(URI.create(uri), heard)
                .get(30, SECONDS);
    }

    private ServiceStats stats() {
        return skippy.statsOf("ws");
    }

    @Test
    void goToAPodAndSayWhatTheCallerWrote() throws Exception {
        WebSocket socket = open(skippy, "ws://skippy/chat?room=1");
        assertThat(heard.next()).isEqualTo("open");
        assertThat(heard.socket()).isSameAs(socket);
        assertThat(ServiceHttpClient.endpoint(socket)).contains(pod.endpoint());
        assertThat(socket.getSubprotocol()).isEqualTo("chat");
        String head = pod.heads.poll(30, SECONDS);
        assertThat(head).startsWith("GET /chat?room=1 HTTP/1.1\r\n");
        assertThat(WebSocketPod.header(head, "X-Key")).isEqualTo("value");
        assertThat(WebSocketPod.header(head, "Sec-WebSocket-Protocol")).isEqualTo("chat, talk");
        assertThat(socket.sendText("hello", true).get(30, SECONDS)).isSameAs(socket);
        assertThat(heard.next()).isEqualTo("text hello true");
        assertThat(socket.sendBinary(ByteBuffer.wrap(new byte[3]), true).get(30, SECONDS))
                .isSameAs(socket);
        assertThat(heard.next()).isEqualTo("binary 3 true");
        socket.sendPong(ByteBuffer.wrap(new byte[2])).get(30, SECONDS);
        assertThat(heard.next()).isEqualTo("pong 2");
        socket.sendPing(ByteBuffer.wrap(new byte[1])).get(30, SECONDS);
        assertThat(heard.next()).isEqualTo("ping 1");
        assertThat(heard.next()).isEqualTo("pong 1");
        assertThat(stats().inFlight()).isEqualTo(1);
        assertThat(socket.isOutputClosed()).isFalse();
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "bye").get(30, SECONDS);
        assertThat(heard.next()).isEqualTo("close 1000 bye");
        assertThat(socket.isOutputClosed()).isTrue();
        assertEnded(Outcome.SUCCESS);
    }

    @Test
    void thatFailAreCountedAsFailed() throws Exception {
        open(skippy, "ws://skippy/");
        heard.next();
        pod.dropAll();
        assertThat(heard.next()).isEqualTo("close 1006 ");
        assertEnded(Outcome.IO_ERROR);
    }

    @Test
    void thatAreAbortedAreInFlightNoMore() throws Exception {
        WebSocket socket = open(skippy, "ws://skippy/");
        heard.next();
        socket.abort();
        assertEnded(Outcome.CANCELLED);
        assertThat(socket.isInputClosed()).isTrue();
    }

    @Test
    void whoseListenerFailsAreNotThePodsFault() throws Exception {
        WebSocket socket = skippy.client
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://skippy/"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
                        throw new IllegalStateException("listener");
                    }
                })
                .get(30, SECONDS);
        socket.sendText("hello", true);
        Skippy.await("the call ends", () -> stats().inFlight() == 0);
        assertThat(stats().completed(Outcome.UNREPORTED)).isEqualTo(1);
    }

    @Test
    void areOpenedToAnotherPodWhereOneTakesThemNot() throws Exception {
        WebSocketPod gone = WebSocketPod.start("127.0.1.2");
        gone.close();
        try (WebSocketPod busy = WebSocketPod.answering("127.0.1.3", "HTTP/1.1 503 Busy\r\n");
                Skippy three = Skippy.retrying(
                        RetryPolicy.standard(),
                        HttpClient.newHttpClient(),
                        gone.endpoint(),
                        busy.endpoint(),
                        pod.endpoint())) {
            for (int i = 0; i < 6; i++) {
                WebSocket socket = open(three, "ws://skippy/");
                assertThat(ServiceHttpClient.endpoint(socket)).contains(pod.endpoint());
                socket.abort();
            }
            assertThat(three.statsOf("ws").completed(Outcome.CONNECT_FAILED)).isPositive();
            assertThat(three.statsOf("ws").completed(Outcome.SERVER_ERROR)).isPositive();
            assertThat(three.statsOf("ws").inFlight()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 404 Not Found\r\n", "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n"})
    void thatAreRefusedFailAsInTheJdk(String answer) throws Exception {
        HttpClient follower = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();
        try (WebSocketPod refusing = WebSocketPod.answering("127.0.1.2", answer);
                Skippy one = new Skippy(follower, refusing.endpoint())) {
            assertThatThrownBy(() -> open(one, "ws://skippy/")).hasCauseInstanceOf(WebSocketHandshakeException.class);
            assertThat(one.statsOf("ws").completed(Outcome.SUCCESS)).isEqualTo(1);
            assertThat(one.statsOf("ws").inFlight()).isZero();
        }
    }

    @Test
    void needAnEndpointAndAUriOfTheirOwn() {
        assertThatThrownBy(() -> open(skippy, "ws://nosuch/")).hasCauseInstanceOf(ConnectException.class);
        assertThatThrownBy(() -> open(skippy, "http://skippy/")).hasCauseInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> open(skippy, "ws://skippy/#x")).hasCauseInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> skippy.client
                        .newWebSocketBuilder()
                        .header("Sec-WebSocket-Key", "x")
                        .buildAsync(URI.create("ws://skippy/"), heard)
                        .get(30, SECONDS))
                .hasCauseInstanceOf(IllegalArgumentException.class);
        assertThat(stats().inFlight()).isZero();
    }

    @Test
    void sendTheCookiesOfTheService() throws Exception {
        CookieManager cookies = new CookieManager();
        HttpCookie cookie = new HttpCookie("session", "1");
        cookie.setPath("/");
        cookie.setVersion(0);
        cookies.getCookieStore().add(URI.create("http://skippy/"), cookie);
        HttpClient client = HttpClient.newBuilder().cookieHandler(cookies).build();
        try (Skippy keeper = new Skippy(client, pod.endpoint())) {
            open(keeper, "ws://skippy/");
            assertThat(WebSocketPod.header(pod.heads.poll(30, SECONDS), "Cookie"))
                    .isEqualTo("session=1");
        }
    }

    @Test
    void thatTheCallerGaveUpAreAborted() throws Exception {
        CompletableFuture<WebSocket> opening =
                skippy.client.newWebSocketBuilder().buildAsync(URI.create("ws://skippy/"), heard);
        opening.cancel(true);
        Skippy.await("nothing is in flight", () -> stats().inFlight() == 0);
    }

    /** Its connection is accepted by the system, and nobody reads what it is sent. */
    @Test
    void thatTheCallerGaveUpAreNotInFlightThoughThePodSaysNothing() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getByName("127.0.1.9"));
                Skippy silent = new Skippy(HttpClient.newHttpClient(), Endpoint.of("127.0.1.9", mute.getLocalPort()))) {
            CompletableFuture<WebSocket> opening =
                    silent.client.newWebSocketBuilder().buildAsync(URI.create("ws://skippy/"), heard);
            ServiceStats stats = silent.statsOf("ws");
            Skippy.await("it is in flight", () -> stats.inFlight() == 1);
            opening.cancel(true);
            Skippy.await("it is no more", () -> stats.inFlight() == 0);
            assertThat(stats.completed(Outcome.CANCELLED)).isEqualTo(1);
        }
    }

    @Test
    void overTlsReachOnlyThePodsOfTheService() throws Exception {
        TestCertificates certificates = TestCertificates.shared();
        HttpClient client =
                HttpClient.newBuilder().sslContext(certificates.trusting()).build();
        try (WebSocketPod right = WebSocketPod.start("127.0.1.2", certificates.showing("right"));
                WebSocketPod other = WebSocketPod.start("127.0.3.1", certificates.showing("otherWithAddress"));
                Skippy secure = new Skippy(client, right.endpoint());
                Skippy refused = new Skippy(client, other.endpoint())) {
            WebSocket socket = open(secure, "wss://skippy/");
            assertThat(heard.next()).isEqualTo("open");
            socket.sendText("hello", true);
            assertThat(heard.next()).isEqualTo("text hello true");
            assertThatThrownBy(() -> open(refused, "wss://skippy/")).hasCauseInstanceOf(SSLHandshakeException.class);
            assertThat(other.heads).isEmpty();
        }
    }

    private void assertEnded(Outcome outcome) {
        assertThat(stats().inFlight()).isZero();
        for (Outcome each : Outcome.values()) {
            assertThat(stats().completed(each)).as(each.toString()).isEqualTo(each == outcome ? 1 : 0);
        }
    }
}
