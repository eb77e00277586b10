package io.serviceresolver.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.testkit.PodSocket;
import io.serviceresolver.testkit.VirtualTime;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** WebSockets that are ended by us: not opened in time, or closed with their client. */
class WebSocketEndTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final RecordingListener heard = new RecordingListener();
    private final VirtualTime time = new VirtualTime();

    @AfterEach
    void endTimers() {
        time.runDue();
    }

    private CompletableFuture<WebSocket> begin(Skippy by) {
        return by.client.newWebSocketBuilder().buildAsync(URI.create("ws://skippy/"), heard);
    }

    /** Whose WebSockets are opened within some time, by our clock, which stands still here, and by the client's. */
    private Skippy limited(Endpoint pod, Duration limit) {
        ServiceHttpOptions options = ServiceHttpOptions.defaults().callTimeout(limit);
        Skippy skippy = new Skippy(time, options, RetryPolicy.standard(), pod);
        skippy.statsOf("ws");
        time.runDue();
        return skippy;
    }

    private static PodSocket mute() {
        return PodSocket.start("127.0.1.9", 0, PodSocket.stallingAfter(""));
    }

    @Test
    void areOpenedWithinTheTimeForACall() {
        try (PodSocket mute = mute();
                Skippy skippy = limited(Endpoint.of(mute.address(), mute.port()), MINUTE)) {
            CompletableFuture<WebSocket> opening = begin(skippy);
            mute.awaitConnections(1);
            time.advance(MINUTE);
            assertThatThrownBy(() -> opening.get(30, SECONDS)).hasCauseInstanceOf(HttpTimeoutException.class);
            assertEnded(skippy, Outcome.TIMEOUT);
        }
    }

    @Test
    void thatAreNotOpenedInTimeLeaveNoConnection() {
        try (PodSocket mute = mute();
                Skippy skippy = limited(Endpoint.of(mute.address(), mute.port()), Duration.ofMillis(300))) {
            Throwable timeout = catchThrowable(() -> begin(skippy).get(30, SECONDS));
            mute.awaitIdle();
            assertEnded(skippy, Skippy.late(timeout.getCause()));
        }
    }

    @Test
    void thatAreOpenGoOnWhenTheTimeForTheOpeningIsOver() throws Exception {
        try (WebSocketPod pod = WebSocketPod.start("127.0.1.1");
                Skippy skippy = limited(pod.endpoint(), MINUTE)) {
            WebSocket socket = begin(skippy).get(30, SECONDS);
            assertThat(heard.next()).isEqualTo("open");
            time.advance(MINUTE);
            socket.sendText("hello", true);
            assertThat(heard.next()).isEqualTo("text hello true");
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void thatEndAsTheClientIsClosedAreHeldAgainstNoPod() throws Exception {
        try (WebSocketPod pod = WebSocketPod.start("127.0.1.1");
                Skippy skippy = new Skippy(HttpClient.newHttpClient(), pod.endpoint())) {
            begin(skippy).get(30, SECONDS);
            assertThat(heard.next()).isEqualTo("open");
            skippy.client.shutdownNow();
            assertThat(heard.next()).startsWith("error");
            assertEnded(skippy, Outcome.CANCELLED);
        }
    }

    private static void assertEnded(Skippy skippy, Outcome outcome) {
        Skippy.await("it ends", () -> skippy.statsOf("ws").inFlight() == 0);
        assertThat(skippy.statsOf("ws").completed(outcome)).isEqualTo(1);
    }
}
