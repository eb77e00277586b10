package io.serviceresolver.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.grpc.netty.shaded.io.netty.handler.ssl.JdkSslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.protobuf.services.HealthStatusManager;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.http.TestCertificates;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** Checks over TLS: the certificate must be for the name of the service. */
class TlsCheckTest {

    /** What one of the certificates is for. */
    private static final String ADDRESS = "127.0.3.1";

    private final TestCertificates certificates = TestCertificates.shared();

    private static HttpsServer https(SSLContext context) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(ADDRESS, 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String ask(HealthCheck check, HttpsServer server) throws Exception {
        try {
            return Asking.ask(check, Endpoint.of(ADDRESS, server.getAddress().getPort()));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void passesWhereTheCertificateIsForTheNameOfTheService() throws Exception {
        HealthCheck http = HealthCheck.http("/healthz").withTls(certificates.trusting());
        assertThat(ask(http, https(certificates.showing("right")))).isEqualTo("passed");
        HealthCheck tcp = HealthCheck.tcp().withTls(certificates.trusting());
        assertThat(ask(tcp, https(certificates.showing("right")))).isEqualTo("passed");
    }

    @Test
    void failsWhereTheCertificateIsForTheAddressOnlyOrForAnotherName() throws Exception {
        HealthCheck http = HealthCheck.http("/healthz").withTls(certificates.trusting());
        assertThat(ask(http, https(certificates.showing("address"))))
                .contains("No ")
                .contains("matching skippy.shield.svc found");
        assertThat(ask(http.withAuthority("other.shield.svc"), https(certificates.showing("right"))))
                .contains("No ")
                .contains("matching other.shield.svc found");
    }

    @Test
    void verifiesTheAddressWhereThatIsTheName() throws Exception {
        HealthCheck http =
                HealthCheck.http("/healthz").withTls(certificates.trusting()).withAuthority(ADDRESS);
        assertThat(ask(http, https(certificates.showing("address")))).isEqualTo("passed");
        assertThat(ask(http, https(certificates.showing("right"))))
                .contains("No subject alternative names matching IP address " + ADDRESS);
    }

    @Test
    void failsWhereTheServerIsNotTrusted() throws Exception {
        HealthCheck http = HealthCheck.http("/healthz").withTls(SSLContext.getDefault());
        assertThat(ask(http, https(certificates.showing("right")))).contains("unable to find valid certification path");
    }

    @Test
    void asksByGrpcOverTls() throws Exception {
        ApplicationProtocolConfig h2 = new ApplicationProtocolConfig(
                Protocol.ALPN, SelectorFailureBehavior.NO_ADVERTISE, SelectedListenerFailureBehavior.ACCEPT, "h2");
        SslContext context = new JdkSslContext(
                certificates.showing("right"),
                false,
                null,
                IdentityCipherSuiteFilter.INSTANCE,
                h2,
                ClientAuth.NONE,
                null,
                false);
        HealthStatusManager health = new HealthStatusManager();
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(ADDRESS, 0))
                .sslContext(context)
                .addService(health.getHealthService())
                .build()
                .start();
        try {
            HealthCheck check = HealthCheck.grpc().withTls(certificates.trusting());
            assertThat(Asking.ask(check, Endpoint.of(ADDRESS, server.getPort())))
                    .isEqualTo("passed");
            assertThat(Asking.ask(check.withAuthority("other"), Endpoint.of(ADDRESS, server.getPort())))
                    .contains("No ")
                    .contains("matching other found");
            assertThat(Asking.ask(HealthCheck.grpc(), Endpoint.of(ADDRESS, server.getPort())))
                    .as("cleartext")
                    .isIn("closed without a health status", "no answer of HTTP/2", "Connection reset");
        } finally {
            server.shutdownNow().awaitTermination(30, TimeUnit.SECONDS);
        }
    }
}
