package io.serviceresolver.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.serviceresolver.ServiceResolver;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.http.ServiceHttpClient;
import io.serviceresolver.http.ServiceHttpOptions;
import io.serviceresolver.source.StaticSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What arrives at real servers, of {@code GET /orders?id=7} at {@code skippy}: the protocol, the host, and what the
 * application sees as the path. {@code POD} is the address and port of the Pod.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerMatrixTest {

    private static final ServiceHttpOptions DEFAULT = ServiceHttpOptions.defaults();
    private static final ServiceHttpOptions EXACT = DEFAULT.exactAuthority();
    private static final String PATH = "/orders?id=7";

    private final Path directory;
    private final Certificate certificate;

    ServerMatrixTest(@TempDir Path directory) throws Exception {
        this.directory = directory;
        this.certificate = Certificate.issue(directory);
    }

    @Test
    void jdk() throws Exception {
        try (JdkServer server = new JdkServer(certificate)) {
            assertSeen(server, "HTTP/1.1 skippy http://skippy/orders?id=7", "HTTP/1.1", "HTTP/1.1");
        }
    }

    @Test
    void jetty() throws Exception {
        try (JettyServer server = new JettyServer(certificate, false)) {
            assertSeen(server, "HTTP/1.1 skippy " + PATH, "HTTP/2", "HTTP/2");
        }
    }

    /** Its default is refused by the address as by a name that the certificate is not for. */
    @Test
    void jettyThatChecksTheHostAgainstTheCertificate() throws Exception {
        try (JettyServer server = new JettyServer(certificate, true);
                Service skippy = new Service(Version.HTTP_2, DEFAULT, server.tlsPort())) {
            assertThat(skippy.get("https").statusCode()).isEqualTo(400);
        }
    }

    @Test
    void jettyThatChecksTheHostAgainstTheCertificateTakesTheNameThatItIsFor() throws Exception {
        try (JettyServer server = new JettyServer(certificate, true);
                Service skippy = new Service(Version.HTTP_2, EXACT, server.tlsPort())) {
            HttpResponse<String> response = skippy.get("https", "skippy.shield.svc");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("HTTP/2 skippy.shield.svc " + PATH);
        }
    }

    @Test
    void tomcat() throws Exception {
        try (TomcatServer server = new TomcatServer(certificate, directory)) {
            assertSeen(server, "HTTP/1.1 skippy " + PATH, "HTTP/2", "HTTP/2");
        }
    }

    /** Its own handlers go by the path, whatever the form. */
    @Test
    void undertow() throws Exception {
        try (UndertowServer server = new UndertowServer(certificate)) {
            assertSeen(server, "HTTP/1.1 skippy http://skippy/orders?id=7", "HTTP/2", "HTTP/2");
        }
    }

    @Test
    void netty() throws Exception {
        try (NettyServer server = new NettyServer(certificate)) {
            assertSeen(server, "HTTP/1.1 skippy http://skippy/orders?id=7", "HTTP/1.1", "HTTP/2");
        }
    }

    @Test
    void node() throws Exception {
        assumeTrue(NodeServer.program().isPresent(), "SKIPPED: there is no node on the path");
        try (NodeServer server = new NodeServer(certificate)) {
            assertSeen(server, "HTTP/1.1 skippy http://skippy/orders?id=7", "HTTP/1.1", "HTTP/2");
        }
    }

    @Test
    void nginx() throws Exception {
        assumeTrue(NginxServer.program().isPresent(), "SKIPPED: there is no nginx here");
        try (NginxServer server = new NginxServer(certificate, directory)) {
            assertSeen(server, "HTTP/1.1 skippy " + PATH, "HTTP/1.1", "HTTP/2");
        }
    }

    /**
     * Asserts what is seen in each mode.
     *
     * @param absolute what is seen of a request in absolute form
     * @param plain the protocol that a client which prefers HTTP/2 comes to in the clear
     * @param secure the protocol that it comes to over TLS
     */
    private void assertSeen(EchoServer server, String absolute, String plain, String secure) throws Exception {
        assertThat(seen(Version.HTTP_1_1, DEFAULT, "http", server.port()))
                .as("HTTP/1.1")
                .isEqualTo("HTTP/1.1 POD " + PATH);
        assertThat(seen(Version.HTTP_1_1, DEFAULT.absoluteForm(), "http", server.port()))
                .as("absolute form")
                .isEqualTo(absolute);
        assertThat(seen(Version.HTTP_2, DEFAULT, "http", server.port()))
                .as("upgrade")
                .isEqualTo(plain + " POD " + PATH);
        assertThat(seen(Version.HTTP_1_1, DEFAULT, "https", server.tlsPort()))
                .as("HTTP/1.1 over TLS")
                .isEqualTo("HTTP/1.1 POD " + PATH);
        assertThat(seen(Version.HTTP_2, DEFAULT, "https", server.tlsPort()))
                .as("HTTP/2 over TLS")
                .isEqualTo(secure + " POD " + PATH);
        assertSeenByExactAuthority(server, absolute, secure);
    }

    private void assertSeenByExactAuthority(EchoServer server, String absolute, String secure) throws Exception {
        for (Version version : Version.values()) {
            assertThat(seen(version, EXACT, "http", server.port()))
                    .as("exact, without TLS, " + version)
                    .isEqualTo(absolute);
        }
        assertThat(seen(Version.HTTP_1_1, EXACT, "https", server.tlsPort()))
                .as("exact, HTTP/1.1 over TLS")
                .isEqualTo("HTTP/1.1 skippy " + PATH);
        assertThat(seen(Version.HTTP_2, EXACT, "https", server.tlsPort()))
                .as("exact, HTTP/2 over TLS")
                .isEqualTo(secure + " skippy " + PATH);
    }

    private String seen(Version version, ServiceHttpOptions options, String scheme, int port) throws Exception {
        try (Service skippy = new Service(version, options, port)) {
            HttpResponse<String> first = skippy.get(scheme);
            // The first answer to an upgrade is the one to the request that asked for it.
            HttpResponse<String> second = skippy.get(scheme);
            assertThat(first.statusCode()).isEqualTo(200);
            assertThat(second.body()).isEqualTo(first.body());
            return second.body().replace(EchoServer.ADDRESS + ":" + port, "POD");
        }
    }

    /** The service, with one Pod, and a client that calls it. */
    private final class Service implements AutoCloseable {

        private final ServiceResolver resolver;
        private final ServiceHttpClient client;

        private Service(Version version, ServiceHttpOptions options, int port) {
            StaticSource source = StaticSource.empty();
            source.set("skippy", Endpoint.of(EchoServer.ADDRESS, port));
            resolver = ServiceResolver.builder()
                    .source(source)
                    .cluster(new ClusterContext("shield", "cluster.local"))
                    .build();
            HttpClient wrapped = HttpClient.newBuilder()
                    .version(version)
                    .sslContext(certificate.context())
                    .connectTimeout(Duration.ofSeconds(30))
                    .build();
            client = ServiceHttpClient.wrap(wrapped, resolver, options);
        }

        private HttpResponse<String> get(String scheme) throws Exception {
            return get(scheme, "skippy");
        }

        private HttpResponse<String> get(String scheme, String host) throws Exception {
            HttpRequest request = HttpRequest.newBuilder(URI.create(scheme + "://" + host + PATH))
                    .timeout(Duration.ofSeconds(30))
                    .build();
            return client.send(request, BodyHandlers.ofString());
        }

        @Override
        public void close() {
            client.shutdownNow();
            resolver.close();
        }
    }
}
