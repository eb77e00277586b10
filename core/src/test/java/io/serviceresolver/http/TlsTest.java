package io.serviceresolver.http;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.testkit.PodSocket;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over TLS, whom a service's calls reach, and whom they do not. */
class TlsTest {

    private static final String SKIPPY = "https://skippy/";
    private static final String RIGHT = "right";
    private static final String CLIENT = "client";

    private final TestCertificates certificates = TestCertificates.shared();

    @ParameterizedTest
    @EnumSource(Way.class)
    void reachesAPodThatProvesToBeTheService(Way way) throws Exception {
        try (TlsPod pod = TlsPod.start(certificates.showing(RIGHT));
                Skippy skippy = skippy(pod, certificates.trusting())) {
            HttpResponse<String> response = way.call(skippy.client, Skippy.get(SKIPPY + "x"), ofString());
            assertThat(response.body()).isEqualTo("skippy.shield.svc nobody");
            assertThat(response.uri()).hasToString(SKIPPY + "x");
            assertThat(response.request().uri()).hasToString(SKIPPY + "x");
            assertThat(response.sslSession().orElseThrow().getPeerHost()).isEqualTo("skippy.shield.svc");
            assertThat(ServiceHttpClient.endpoint(response)).contains(pod.endpoint());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SKIPPY, "https://SKIPPY.shield/", "https://skippy.shield.svc.cluster.local/"})
    void verifiesTheSameNameHoweverTheServiceIsWritten(String uri) throws Exception {
        try (TlsPod pod = TlsPod.start(certificates.showing("wildcard"));
                Skippy skippy = skippy(pod, certificates.trusting())) {
            assertThat(Way.SEND.call(skippy.client, Skippy.get(uri), ofString()).body())
                    .isEqualTo("skippy.shield.svc nobody");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"other", "otherWithAddress", "address", "wideWildcard", "expired"})
    void sendsNothingToAPodThatDoesNot(String certificate) throws Exception {
        try (TlsPod pod = TlsPod.start(certificates.showing(certificate));
                Skippy skippy = skippy(pod, certificates.trusting())) {
            for (Way way : Way.values()) {
                assertRefused(skippy, SKIPPY, way);
            }
            assertThat(pod.requests()).isZero();
            assertThat(skippy.statsOf("https").completed(Outcome.CONNECT_FAILED))
                    .isEqualTo(2);
            assertThat(skippy.statsOf("https").inFlight()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void triesAnotherPodInPlaceOfOneThatDoesNot(Way way) throws Exception {
        try (TlsPod right = TlsPod.start(certificates.showing(RIGHT));
                TlsPod wrong = TlsPod.start(certificates.showing("other"));
                Skippy skippy = Skippy.retrying(
                        RetryPolicy.standard(), client(certificates.trusting()), right.endpoint(), wrong.endpoint())) {
            for (int i = 0; i < 6; i++) {
                OneTimeBody body = new OneTimeBody();
                HttpRequest post =
                        HttpRequest.newBuilder(URI.create(SKIPPY)).POST(body).build();
                assertThat(way.call(skippy.client, post, ofString()).statusCode())
                        .isEqualTo(200);
                assertThat(body.subscriptions()).isEqualTo(1);
            }
            assertThat(wrong.requests()).isZero();
            assertThat(skippy.statsOf("https").completed(Outcome.CONNECT_FAILED))
                    .isPositive();
        }
    }

    @Test
    void sendsNothingToAPodOfAnUnknownAuthority(@TempDir Path directory) throws Exception {
        TestCertificates unknown = new TestCertificates(directory).issue(RIGHT, "dns:skippy.shield.svc");
        try (TlsPod pod = TlsPod.start(unknown.showing(RIGHT));
                Skippy skippy = skippy(pod, certificates.trusting())) {
            assertRefused(skippy, SKIPPY, Way.SEND);
            assertThat(pod.requests()).isZero();
        }
    }

    @Test
    void sendsNothingToAPodThatSpeaksNoTls() throws Exception {
        BlockingQueue<String> requests = new LinkedBlockingQueue<>();
        try (PodSocket pod = PodSocket.start("127.0.3.2", 0, connection -> {
                    connection.write("HTTP/1.1 400 Bad Request\r\n\r\n");
                    requests.add(connection.readRequest());
                });
                Skippy skippy = new Skippy(client(certificates.trusting()), Endpoint.of(pod.address(), pod.port()))) {
            assertThatThrownBy(() -> call(skippy, SKIPPY)).isInstanceOf(SSLException.class);
            assertThat(requests.poll(30, TimeUnit.SECONDS)).isEmpty();
        }
    }

    @Test
    void parametersOfTheWrappedClientCannotChangeTheName() throws Exception {
        SSLContext context = certificates.trusting();
        SSLParameters parameters = context.getDefaultSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName("other.shield.svc")));
        parameters.setEndpointIdentificationAlgorithm("");
        HttpClient wrapped = HttpClient.newBuilder()
                .sslContext(context)
                .sslParameters(parameters)
                .build();
        try (TlsPod pod = TlsPod.start(certificates.showing("other"));
                Skippy skippy = new Skippy(wrapped, pod.endpoint())) {
            assertRefused(skippy, SKIPPY, Way.SEND);
        }
    }

    /** One context keeps the sessions of all services, and one Pod belongs to two. */
    @ParameterizedTest
    @CsvSource({"TLSv1.2, both", "TLSv1.3, both", "TLSv1.2, right", "TLSv1.3, right"})
    void aSessionWithOneServiceDoesNotOpenAnother(String protocol, String certificate) throws Exception {
        SSLParameters server = new SSLParameters();
        server.setProtocols(new String[] {protocol});
        try (TlsPod pod = TlsPod.start(certificates.showing(certificate), server);
                Skippy skippy = skippy(pod, certificates.trusting())) {
            skippy.source.set("other", pod.endpoint());
            assertThat(call(skippy, SKIPPY)).isEqualTo("skippy.shield.svc nobody");
            if (certificate.equals("both")) {
                assertThat(call(skippy, "https://other/")).isEqualTo("other.shield.svc nobody");
                assertThat(pod.requests()).isEqualTo(2);
            } else {
                assertRefused(skippy, "https://other/", Way.SEND);
                assertThat(pod.requests()).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void speaksTheVersionOfTheWrappedClient(Version version) throws Exception {
        HttpClient wrapped = HttpClient.newBuilder()
                .version(version)
                .sslContext(certificates.trusting())
                .build();
        WireMockServer pod = new WireMockServer(options()
                .bindAddress("127.0.3.3")
                .httpDisabled(true)
                .jettyAcceptors(1)
                .httpsPort(0)
                .keystorePath(certificates.keyFile(RIGHT).toString())
                .keystoreType("PKCS12")
                .keystorePassword(TestCertificates.PASSWORD)
                .keyManagerPassword(TestCertificates.PASSWORD));
        pod.start();
        pod.stubFor(any(anyUrl()).willReturn(ok("pod")));
        try (Skippy skippy = new Skippy(wrapped, Endpoint.of("127.0.3.3", pod.httpsPort()))) {
            for (Way way : Way.values()) {
                HttpResponse<String> response = way.call(skippy.client, Skippy.get(SKIPPY), ofString());
                assertThat(response.body()).isEqualTo("pod");
                assertThat(response.version()).isEqualTo(version);
            }
        } finally {
            pod.stop();
        }
    }

    @Test
    void verifiesTheNameThatTheOptionsGive() throws Exception {
        ServiceHttpOptions options =
                ServiceHttpOptions.defaults().tlsNames(service -> "other." + service.namespace() + ".svc");
        try (TlsPod right = TlsPod.start(certificates.showing("other"));
                TlsPod wrong = TlsPod.start(certificates.showing(RIGHT));
                Skippy skippy = new Skippy(client(certificates.trusting()), options, right.endpoint());
                Skippy refused = new Skippy(client(certificates.trusting()), options, wrong.endpoint())) {
            assertThat(call(skippy, SKIPPY)).isEqualTo("other.shield.svc nobody");
            assertRefused(refused, SKIPPY, Way.SEND);
        }
    }

    @Test
    void refusesANameThatNoCertificateCanBeFor() throws Exception {
        ServiceHttpOptions options = ServiceHttpOptions.defaults().tlsNames(service -> "under_score.");
        try (TlsPod pod = TlsPod.start(certificates.showing(RIGHT));
                Skippy skippy = new Skippy(client(certificates.trusting()), options, pod.endpoint())) {
            for (Way way : Way.values()) {
                assertThatThrownBy(() -> way.call(skippy.client, Skippy.get(SKIPPY), ofString()))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            assertThat(skippy.statsOf("https").inFlight()).isZero();
        }
    }

    @Test
    void showsTheCertificateOfTheWrappedClient() throws Exception {
        SSLParameters server = new SSLParameters();
        server.setNeedClientAuth(true);
        try (TlsPod pod = TlsPod.start(certificates.showing(RIGHT), server);
                Skippy skippy = skippy(pod, certificates.showing(CLIENT));
                Skippy nobody = skippy(pod, certificates.trusting())) {
            assertThat(call(skippy, SKIPPY)).isEqualTo("skippy.shield.svc CN=client");
            assertThatThrownBy(() -> call(nobody, SKIPPY)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void takesARenewedContextForTheNextCall() throws Exception {
        SSLParameters server = new SSLParameters();
        server.setNeedClientAuth(true);
        AtomicReference<SSLContext> newest = new AtomicReference<>(certificates.showing(CLIENT));
        ServiceHttpOptions options = ServiceHttpOptions.defaults().sslContexts(newest::get);
        try (TlsPod pod = TlsPod.start(certificates.showing(RIGHT), server);
                Skippy skippy = new Skippy(client(certificates.trusting()), options, pod.endpoint())) {
            assertThat(call(skippy, SKIPPY)).isEqualTo("skippy.shield.svc CN=client");
            newest.set(certificates.showing("other"));
            assertThat(call(skippy, SKIPPY)).isEqualTo("skippy.shield.svc CN=other");
        }
    }

    /** A connection that an earlier trust opened carries no call of a later one. */
    @Test
    void trustThatWasTakenAwayIsGoneWithTheNextCall(@TempDir Path directory) throws Exception {
        TestCertificates others = new TestCertificates(directory);
        AtomicReference<SSLContext> newest = new AtomicReference<>(others.trusting());
        ServiceHttpOptions options = ServiceHttpOptions.defaults().sslContexts(newest::get);
        try (TlsPod pod = TlsPod.start(certificates.showing(RIGHT));
                Skippy skippy = new Skippy(client(certificates.trusting()), options, pod.endpoint())) {
            assertRefused(skippy, SKIPPY, Way.SEND);
            newest.set(certificates.trusting());
            assertThat(call(skippy, SKIPPY)).isEqualTo("skippy.shield.svc nobody");
            newest.set(others.trusting());
            assertRefused(skippy, SKIPPY, Way.SEND);
            assertThat(pod.requests()).isEqualTo(1);
        }
    }

    private static String call(Skippy skippy, String uri) throws Exception {
        return Way.SEND.call(skippy.client, Skippy.get(uri), ofString()).body();
    }

    private static void assertRefused(Skippy skippy, String uri, Way way) {
        assertThatThrownBy(() -> way.call(skippy.client, Skippy.get(uri), ofString()))
                .isInstanceOf(SSLHandshakeException.class);
    }

    private static Skippy skippy(TlsPod pod, SSLContext context) {
        return new Skippy(client(context), pod.endpoint());
    }

    private static HttpClient client(SSLContext context) {
        return HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(30))
                .sslContext(context)
                .build();
    }
}
