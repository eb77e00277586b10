package io.serviceresolver.http;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.testkit.PodServer;
import io.serviceresolver.testkit.PodSocket;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The option by which a Pod sees the service as the caller wrote it. */
class AbsoluteFormTest {

    private static Skippy skippy(Endpoint... endpoints) {
        return new Skippy(
                HttpClient.newHttpClient(), ServiceHttpOptions.defaults().absoluteForm(), endpoints);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void namesTheServiceAsTheCallerWroteIt(Way way) throws Exception {
        BlockingQueue<String> heads = new LinkedBlockingQueue<>();
        try (PodSocket pod = PodSocket.start("127.0.1.9", 0, connection -> {
                    for (String head = connection.readRequest(); !head.isEmpty(); head = connection.readRequest()) {
                        heads.add(head);
                        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                    }
                });
                Skippy skippy = skippy(Endpoint.of(pod.address(), pod.port()))) {
            HttpResponse<String> response =
                    way.call(skippy.client, Skippy.get("http://Skippy/orders?id=7#top"), ofString());
            assertThat(response.body()).isEqualTo("ok");
            assertThat(response.uri()).hasToString("http://Skippy/orders?id=7#top");
            assertThat(heads.poll(30, SECONDS))
                    .startsWith("GET http://Skippy/orders?id=7 HTTP/1.1\r\n")
                    .contains("\r\nHost: Skippy\r\n")
                    .doesNotContainIgnoringCase("Upgrade")
                    .doesNotContainIgnoringCase("Proxy");
            way.call(skippy.client, Skippy.get("http://skippy:" + pod.port() + "/"), ofString());
            assertThat(heads.poll(30, SECONDS))
                    .startsWith("GET http://skippy:" + pod.port() + "/ HTTP/1.1\r\n")
                    .contains("\r\nHost: skippy:" + pod.port() + "\r\n");
            assertThat(pod.connections()).isEqualTo(1);
        }
    }

    @Test
    void jettyShowsThePathAndTheHost() throws Exception {
        try (WireMockPods pods = WireMockPods.start(1);
                Skippy skippy = skippy(pods.endpoints())) {
            assertThat(Way.SEND
                            .call(skippy.client, Skippy.get("http://skippy/x?y=z"), ofString())
                            .body())
                    .isEqualTo("pod-1");
            pods.pod(1).verify(getRequestedFor(urlEqualTo("/x?y=z")).withHost(equalTo("skippy")));
        }
    }

    @Test
    void theServerOfTheJdkShowsTheWholeUri() throws Exception {
        try (PodServer pod = PodServer.start("pod-1", "127.0.1.1", 0);
                Skippy skippy = skippy(Skippy.endpoints(List.of(pod)))) {
            pod.handler(exchange -> {
                byte[] uri = exchange.getRequestURI().toString().getBytes(UTF_8);
                exchange.sendResponseHeaders(200, uri.length);
                exchange.getResponseBody().write(uri);
            });
            assertThat(Way.SEND
                            .call(skippy.client, Skippy.get("http://skippy/x?y=z"), ofString())
                            .body())
                    .isEqualTo("http://skippy/x?y=z");
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void eachCallGoesToThePodThatWasPickedForIt(Way way) throws Exception {
        List<PodServer> pods = PodServer.fleet(3, 0);
        try (Skippy skippy = skippy(Skippy.endpoints(pods))) {
            for (int i = 0; i < 30; i++) {
                HttpResponse<String> response = way.call(skippy.client, Skippy.get(), ofString());
                assertThat(ServiceHttpClient.endpoint(response).orElseThrow().podName())
                        .contains(response.body());
            }
            var calls = IntStream.range(0, 30)
                    .mapToObj(i -> skippy.client.sendAsync(Skippy.get(), ofString()))
                    .toList();
            for (var call : calls) {
                HttpResponse<String> response = call.get(30, SECONDS);
                assertThat(ServiceHttpClient.endpoint(response).orElseThrow().podName())
                        .contains(response.body());
            }
            assertThat(pods).allMatch(pod -> pod.calls() > 0);
            assertThat(skippy.stats().inFlight()).isZero();
        } finally {
            pods.forEach(PodServer::close);
        }
    }

    @Test
    void aPodThatIsGoneIsAConnectionThatFailed() {
        PodServer pod = PodServer.start("pod-1", "127.0.1.1", 0);
        Endpoint[] gone = Skippy.endpoints(List.of(pod));
        pod.close();
        try (Skippy skippy = skippy(gone)) {
            assertThatThrownBy(() -> Way.SEND.call(skippy.client, Skippy.get(), ofString()))
                    .isInstanceOf(ConnectException.class);
            skippy.assertEnded(Outcome.CONNECT_FAILED);
        }
    }

    @Test
    void withoutAPickNothingIsLookedUp() {
        assertThatThrownBy(() -> new PodProxies().select(URI.create("http://skippy/")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("skippy");
    }
}
