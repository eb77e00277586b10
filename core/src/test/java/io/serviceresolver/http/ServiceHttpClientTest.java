package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.discarding;
import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.NoEndpointsException;
import io.serviceresolver.ServiceHandle;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.testkit.PodServer;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceHttpClientTest {

    private final List<PodServer> pods = PodServer.fleet(3, 0);
    private final Skippy skippy = Skippy.at(pods.toArray(PodServer[]::new));
    private final ServiceHttpClient client = skippy.client;

    @AfterEach
    void stop() {
        skippy.close();
        pods.forEach(PodServer::close);
    }

    @Test
    void givesTheHandleThatItsCallsGoBy() throws Exception {
        try (PodServer pod = PodServer.fleet(1, 0).get(0);
                Skippy skippy = new Skippy(Version.HTTP_1_1, Skippy.endpoints(List.of(pod)))) {
            ServiceHandle handle = skippy.client.handle(Skippy.ROOT).orElseThrow();
            handle.awaitReady(Duration.ofSeconds(30));
            skippy.client.send(Skippy.get(), ofString());
            assertThat(handle.stats().completed(Outcome.SUCCESS)).isEqualTo(1);
            assertThat(skippy.client.handle(URI.create("http://example.com/"))).isEmpty();
        }
    }

    @Test
    void picksAPodForEachCall() throws Exception {
        Map<String, Integer> answers = new HashMap<>();
        for (int i = 0; i < 15; i++) {
            answers.merge(client.send(Skippy.get(), ofString()).body(), 1, Integer::sum);
            answers.merge(
                    client.sendAsync(Skippy.get(), ofString()).get(30, SECONDS).body(), 1, Integer::sum);
        }
        assertThat(answers).isEqualTo(Map.of("pod-1", 10, "pod-2", 10, "pod-3", 10));
        assertThat(skippy.stats().inFlight()).isZero();
        assertThat(skippy.stats().completed(Outcome.SUCCESS)).isEqualTo(30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://skippy/a?b#c", "http://SKIPPY.shield/", "http://skippy.shield.svc.cluster.local"})
    void showsWhatTheCallerWroteAndThePodBesides(String uri) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri))
                .header("X", "y")
                .timeout(java.time.Duration.ofSeconds(30))
                .build();
        for (HttpResponse<String> response : List.of(
                client.send(request, ofString()),
                client.sendAsync(request, ofString()).get(30, SECONDS),
                client.sendAsync(request, ofString(), null).get(30, SECONDS))) {
            assertThat(response.request()).isSameAs(request);
            assertThat(response.uri()).isEqualTo(URI.create(uri));
            assertThat(response.previousResponse()).isEmpty();
            assertThat(response.sslSession()).isEmpty();
            assertThat(response.version()).isEqualTo(Version.HTTP_1_1);
            assertThat(response).hasToString("(GET " + uri + ") 200");
            Endpoint endpoint = ServiceHttpClient.endpoint(response).orElseThrow();
            assertThat(endpoint.podName()).isEqualTo(response.headers().firstValue("Pod"));
            assertThat(endpoint.address()).startsWith("127.0.1.");
        }
    }

    @Test
    void sendsTheRequestAsItIs() throws Exception {
        pods.forEach(pod -> pod.handler(exchange -> {
            String line = exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().get("X");
            byte[] echo = line.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, echo.length);
            exchange.getResponseBody().write(echo);
        }));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://skippy/%2f//x?y=%20#z"))
                .header("X", "1")
                .header("X", "2")
                .PUT(BodyPublishers.ofString("body"))
                .build();
        assertThat(client.send(request, ofString()).body()).isEqualTo("PUT /%2f//x?y=%20 [1, 2]");
    }

    @Test
    void leavesOtherHostsToTheWrappedClient() throws Exception {
        PodServer pod = pods.get(1);
        HttpRequest request = Skippy.get("http://" + pod.address() + ":" + pod.port() + "/");
        HttpResponse<String> response = client.send(request, ofString());
        assertThat(response.body()).isEqualTo("pod-2");
        assertThat(ServiceHttpClient.endpoint(response)).isEmpty();
        assertThat(client.sendAsync(request, ofString()).get(30, SECONDS).uri()).isEqualTo(request.uri());
        assertThat(client.sendAsync(request, ofString(), null).get(30, SECONDS).body())
                .isEqualTo("pod-2");
        assertThat(skippy.stats().completed(Outcome.SUCCESS)).isZero();
    }

    @Test
    void passesTheVeryObjectsToTheWrappedClientForOtherHosts() throws Exception {
        RecordingClient recording = new RecordingClient();
        ServiceHttpClient wrapping = ServiceHttpClient.wrap(recording, skippy.resolver);
        HttpRequest request = Skippy.get("http://example.com/");
        HttpResponse.BodyHandler<String> handler = ofString();
        assertThatThrownBy(() -> wrapping.send(request, handler)).hasMessage("answers nothing");
        wrapping.sendAsync(request, handler);
        wrapping.sendAsync(request, handler, null);
        assertThat(recording.calls())
                .containsExactly(
                        List.of("send", request, handler),
                        List.of("sendAsync", request, handler),
                        List.of("sendAsync with pushes", request, handler));
    }

    @Test
    void failsToConnectWhereThereIsNoEndpoint() {
        // Before anybody follows it: what is followed hears of a change a moment later.
        skippy.source.set("empty", List.of());
        for (String uri : List.of("http://empty/", "http://nosuch.shield.svc:8080/")) {
            assertThatThrownBy(() -> client.send(Skippy.get(uri), discarding()))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("no endpoints")
                    .hasCauseInstanceOf(NoEndpointsException.class)
                    .satisfies(e -> assertThat(e).cause().hasMessage(e.getMessage()));
            CompletableFuture<HttpResponse<Void>> future = client.sendAsync(Skippy.get(uri), discarding());
            assertThatThrownBy(() -> future.get(30, SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("no endpoints")
                    .hasCauseInstanceOf(NoEndpointsException.class);
        }
        skippy.assertEnded();
    }

    @Test
    void refusesMalformedServicesBeforeAnythingIsAsked() {
        HttpRequest request = Skippy.get("http://a.b.c.svc/");
        assertThatThrownBy(() -> client.send(request, discarding())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.sendAsync(request, discarding())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.newWebSocketBuilder()
                        .buildAsync(URI.create("ws://a.b.c.svc/"), new WebSocket.Listener() {}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void leavesWebSocketsToOtherHostsToTheWrappedClient() {
        PodServer pod = pods.get(0);
        CompletableFuture<WebSocket> socket = client.newWebSocketBuilder()
                .buildAsync(URI.create("ws://" + pod.address() + ":" + pod.port() + "/"), new WebSocket.Listener() {});
        assertThatThrownBy(() -> socket.get(30, SECONDS))
                .hasCauseInstanceOf(java.net.http.WebSocketHandshakeException.class);
        assertThat(pod.calls()).isEqualTo(1);
    }

    @Test
    void failsLikeTheResolverOnceThatIsClosed() {
        skippy.resolver.close();
        assertThatThrownBy(() -> client.send(Skippy.get(), discarding())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> client.sendAsync(Skippy.get(), discarding()).get(30, SECONDS))
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    @SuppressWarnings("NullAway")
    void refusesArgumentsThatAreMissing() {
        assertThatThrownBy(() -> client.send(Skippy.get(), null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> client.sendAsync(Skippy.get(), null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> client.send(null, discarding())).isInstanceOf(NullPointerException.class);
        skippy.assertEnded();
    }

    @Test
    void canWrapAClientThatWrapsAnother() throws Exception {
        HttpClient outer = ServiceHttpClient.wrap(client, skippy.resolver);
        HttpResponse<String> response = outer.send(Skippy.get(), ofString());
        assertThat(response.uri()).isEqualTo(Skippy.ROOT);
        skippy.assertEnded(Outcome.SUCCESS);
    }
}
