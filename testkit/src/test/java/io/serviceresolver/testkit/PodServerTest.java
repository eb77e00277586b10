package io.serviceresolver.testkit;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PodServerTest {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final PodServer pod = PodServer.start("pod-7", "127.0.1.7", 0);

    @AfterEach
    void stop() {
        pod.close();
    }

    @Test
    void answersWithItsNameAndCounts() throws Exception {
        HttpResponse<String> response = client.send(get(pod), ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("pod-7");
        assertThat(response.headers().firstValue("Pod")).contains("pod-7");
        assertThat(pod.calls()).isEqualTo(1);
        assertThat(pod.inFlight()).isZero();
        assertThat(pod.maxInFlight()).isEqualTo(1);
        assertThat(pod).hasToString("pod-7 127.0.1.7:" + pod.port());
    }

    @Test
    void answersWithAStatusAndWithoutABodyWhereThereMayBeNone() throws Exception {
        assertThat(client.send(get(pod), ofString()).body()).isEqualTo("pod-7");
        HttpRequest head = HttpRequest.newBuilder(uri(pod))
                .method("HEAD", BodyPublishers.noBody())
                .build();
        assertThat(client.send(head, ofString()).body()).isEmpty();
        pod.status(204);
        assertThat(client.send(get(pod), ofString()).body()).isEmpty();
        pod.status(503);
        assertThat(client.send(get(pod), ofString()).statusCode()).isEqualTo(503);
    }

    @Test
    void holdsCallsUntilTheyAreReleased() throws Exception {
        pod.hold();
        CompletableFuture<HttpResponse<String>> one = client.sendAsync(get(pod), ofString());
        CompletableFuture<HttpResponse<String>> other = client.sendAsync(get(pod), ofString());
        pod.awaitCalls(2);
        assertThat(pod.inFlight()).isEqualTo(2);
        assertThat(one).isNotDone();
        pod.release();
        assertThat(one.get(30, SECONDS).body()).isEqualTo("pod-7");
        assertThat(other.get(30, SECONDS).body()).isEqualTo("pod-7");
        assertThat(client.send(get(pod), ofString()).body()).isEqualTo("pod-7");
        assertThat(pod.inFlight()).isZero();
        assertThat(pod.maxInFlight()).isEqualTo(2);
    }

    @Test
    void delaysAnswersByTheTimeOfATest() throws Exception {
        VirtualTime time = new VirtualTime();
        pod.delay(Duration.ofSeconds(3), time);
        CompletableFuture<HttpResponse<String>> call = client.sendAsync(get(pod), ofString());
        pod.awaitCalls(1);
        while (time.pending() == 0) {
            Thread.onSpinWait();
        }
        time.advance(Duration.ofMillis(2999));
        assertThat(pod.inFlight()).isEqualTo(1);
        time.advance(Duration.ofMillis(1));
        assertThat(call.get(30, SECONDS).body()).isEqualTo("pod-7");
    }

    @Test
    void drainsTheCallsItHasAndRefusesLaterOnes() throws Exception {
        pod.hold();
        CompletableFuture<HttpResponse<String>> before = client.sendAsync(get(pod), ofString());
        pod.awaitCalls(1);
        CompletableFuture<Void> drained = pod.drain();
        assertThat(drained).isNotDone();
        pod.release();
        assertThat(before.get(30, SECONDS).statusCode()).isEqualTo(200);
        drained.get(30, SECONDS);
        assertThat(client.send(get(pod), ofString()).statusCode()).isEqualTo(503);
        pod.close();
        assertThatThrownBy(() -> client.send(get(pod), ofString())).isInstanceOf(IOException.class);
    }

    @Test
    void aFleetSharesOnePort() throws Exception {
        List<PodServer> fleet = PodServer.fleet(20, 0);
        try {
            assertThat(fleet)
                    .extracting(PodServer::port)
                    .containsOnly(fleet.get(0).port());
            for (PodServer member : fleet) {
                assertThat(client.send(get(member), ofString()).body()).isEqualTo(member.name());
            }
            assertThat(fleet).allMatch(member -> member.calls() == 1);
            int taken = fleet.get(0).port();
            assertThatThrownBy(() -> PodServer.fleet(1, taken)).isInstanceOf(UncheckedIOException.class);
        } finally {
            fleet.forEach(PodServer::close);
        }
        assertThatThrownBy(() -> PodServer.fleet(0, 0)).hasMessage("size: 0 (expected: 1 to 250)");
    }

    private static HttpRequest get(PodServer pod) {
        return HttpRequest.newBuilder(uri(pod)).build();
    }

    private static URI uri(PodServer pod) {
        return URI.create("http://" + pod.address() + ":" + pod.port() + "/");
    }
}
