package io.serviceresolver.http;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.testkit.PodSocket;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The option by which a Pod sees the service as the caller wrote it, over TLS too. */
class ExactAuthorityTest {

    private static final ServiceHttpOptions EXACT =
            ServiceHttpOptions.defaults().exactAuthority();

    private final TestCertificates certificates = TestCertificates.shared();

    private HttpClient client(Version version) throws Exception {
        return HttpClient.newBuilder()
                .version(version)
                .sslContext(certificates.trusting())
                .connectTimeout(Duration.ofSeconds(30))
                .build();
    }

    private Skippy skippy(Endpoint... pods) throws Exception {
        return new Skippy(client(Version.HTTP_1_1), EXACT, pods);
    }

    private WireMockServer pod(String address) throws Exception {
        WireMockServer pod = new WireMockServer(options()
                .bindAddress(address)
                .httpDisabled(true)
                .jettyAcceptors(1)
                .httpsPort(0)
                .keystorePath(certificates.keyFile("right").toString())
                .keystoreType("PKCS12")
                .keystorePassword(TestCertificates.PASSWORD)
                .keyManagerPassword(TestCertificates.PASSWORD));
        pod.start();
        pod.stubFor(any(anyUrl()).willReturn(ok(address + ":" + pod.httpsPort())));
        return pod;
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void namesTheServiceToThePodThatWasPicked(Version version) throws Exception {
        List<WireMockServer> pods = List.of(pod("127.0.3.4"), pod("127.0.3.5"), pod("127.0.3.6"));
        Endpoint[] endpoints = pods.stream()
                .map(pod -> Endpoint.of(pod.getOptions().bindAddress(), pod.httpsPort()))
                .toArray(Endpoint[]::new);
        try (Skippy skippy = new Skippy(client(version), EXACT, endpoints)) {
            List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                for (Way way : Way.values()) {
                    HttpResponse<String> response =
                            way.call(skippy.client, Skippy.get("https://Skippy/orders?id=7#top"), ofString());
                    assertServed(response, version);
                }
            }
            for (int i = 0; i < 30; i++) {
                calls.add(skippy.client.sendAsync(Skippy.get("https://Skippy/orders?id=7#top"), ofString()));
            }
            for (CompletableFuture<HttpResponse<String>> call : calls) {
                assertServed(call.get(30, SECONDS), version);
            }
            for (WireMockServer pod : pods) {
                pod.verify(
                        14,
                        getRequestedFor(urlEqualTo("/orders?id=7"))
                                .withHost(equalTo("Skippy"))
                                .withoutHeader(PodRelays.HEADER));
            }
            assertThat(skippy.statsOf("https").completed(Outcome.SUCCESS)).isEqualTo(42);
        } finally {
            pods.forEach(WireMockServer::stop);
        }
    }

    private static void assertServed(HttpResponse<String> response, Version version) {
        assertThat(ServiceHttpClient.endpoint(response).orElseThrow().authority())
                .isEqualTo(response.body());
        assertThat(response.version()).isEqualTo(version);
        assertThat(response.uri()).hasToString("https://Skippy/orders?id=7#top");
        assertThat(response.request().headers().map()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"other", "otherWithAddress", "address", "expired"})
    void verifiesThePod(String certificate) throws Exception {
        try (TlsPod pod = TlsPod.start(certificates.showing(certificate));
                Skippy skippy = skippy(pod.endpoint())) {
            for (Way way : Way.values()) {
                assertThatThrownBy(() -> way.call(skippy.client, Skippy.get("https://skippy/"), ofString()))
                        .satisfiesAnyOf(
                                e -> assertThat(e).isInstanceOf(SSLHandshakeException.class),
                                e -> assertThat(e).hasCauseInstanceOf(SSLHandshakeException.class));
            }
            assertThat(pod.requests()).isZero();
            assertThat(skippy.statsOf("https").completed(Outcome.CONNECT_FAILED))
                    .isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherPodIsTriedWhereOneRefusesAndNothingIsSentTwice(Way way) throws Exception {
        TlsPod gone = TlsPod.start(certificates.showing("right"));
        gone.close();
        try (TlsPod pod = TlsPod.start(certificates.showing("right"));
                Skippy skippy = new Skippy(
                        client(Version.HTTP_1_1), EXACT, RetryPolicy.standard(), gone.endpoint(), pod.endpoint())) {
            for (int i = 0; i < 4; i++) {
                OneTimeBody body = new OneTimeBody();
                HttpRequest post = HttpRequest.newBuilder(URI.create("https://skippy/"))
                        .POST(body)
                        .build();
                assertThat(way.call(skippy.client, post, ofString()).statusCode())
                        .isEqualTo(200);
                assertThat(body.subscriptions()).isEqualTo(1);
            }
            assertThat(skippy.statsOf("https").completed(Outcome.CONNECT_FAILED))
                    .isPositive();
            assertThat(skippy.statsOf("https").completed(Outcome.IO_ERROR)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPodThatIsGoneIsAConnectionThatFailed(Way way) throws Exception {
        TlsPod gone = TlsPod.start(certificates.showing("right"));
        gone.close();
        try (Skippy skippy = skippy(gone.endpoint())) {
            assertThatThrownBy(() -> way.call(skippy.client, Skippy.get("https://skippy/"), ofString()))
                    .isInstanceOf(ConnectException.class)
                    .hasMessage("Connection refused");
            assertThat(skippy.statsOf("https").completed(Outcome.CONNECT_FAILED))
                    .isEqualTo(1);
        }
    }

    @Test
    void aCallThatIsCancelledEndsItsConnectionToThePod() throws Exception {
        try (PodSocket pod = PodSocket.start("127.0.3.2", 0, PodSocket.Connection::readToEnd);
                Skippy skippy = skippy(Endpoint.of(pod.address(), pod.port()))) {
            CompletableFuture<HttpResponse<String>> call =
                    skippy.client.sendAsync(Skippy.get("https://skippy/"), ofString());
            pod.awaitConnections(1);
            call.cancel(true);
            pod.awaitIdle();
            Skippy.await("it ends", () -> skippy.statsOf("https").inFlight() == 0);
            assertThat(skippy.statsOf("https").completed(Outcome.CANCELLED)).isEqualTo(1);
        }
    }

    @Test
    void aProxyOfTheWrappedClientIsRefusedAsEver() throws Exception {
        HttpClient proxied = HttpClient.newBuilder()
                .proxy(ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)))
                .build();
        try (Skippy skippy = new Skippy(proxied, EXACT, Endpoint.of("127.0.3.1", 1))) {
            assertThatThrownBy(() -> Way.SEND.call(skippy.client, Skippy.get("https://skippy/"), ofString()))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("proxy: ");
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void endsWithItsClient() throws Exception {
        try (TlsPod pod = TlsPod.start(certificates.showing("right"));
                Skippy skippy = skippy(pod.endpoint())) {
            Way.SEND.call(skippy.client, Skippy.get("https://skippy/"), ofString());
            assertThat(relayThreads()).isPositive();
            skippy.client.close();
            Skippy.await("the thread ends", () -> relayThreads() == 0);
        }
    }

    private static long relayThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("service-resolver-relay"))
                .count();
    }

    @Test
    void withoutTlsItIsTheAbsoluteForm() throws Exception {
        try (RecordingPod pod = RecordingPod.start("127.0.1.1");
                Skippy skippy = skippy(pod.endpoint())) {
            Way.SEND.call(skippy.client, Skippy.get("http://skippy/x"), ofString());
            assertThat(pod.last().target()).isEqualTo("http://skippy/x");
            assertThat(pod.last().header("Host")).isEqualTo("skippy");
            assertThat(pod.last().headers()).doesNotContainKey(PodRelays.HEADER);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ws", "wss"})
    void webSocketsNameTheServiceToo(String scheme) throws Exception {
        try (WebSocketPod pod = scheme.equals("ws")
                        ? WebSocketPod.start("127.0.3.1")
                        : WebSocketPod.start("127.0.3.1", certificates.showing("right"));
                Skippy skippy = skippy(pod.endpoint())) {
            WebSocket socket = skippy.client
                    .newWebSocketBuilder()
                    .buildAsync(URI.create(scheme + "://skippy/chat"), new WebSocket.Listener() {})
                    .get(30, SECONDS);
            String head = pod.heads.poll(30, SECONDS);
            assertThat(head).startsWith("GET /chat HTTP/1.1\r\n");
            assertThat(WebSocketPod.header(head, "Host")).isEqualTo("skippy");
            assertThat(WebSocketPod.header(head, PodRelays.HEADER)).isNull();
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(30, SECONDS);
            Skippy.await("it is closed", socket::isInputClosed);
        }
    }
}
