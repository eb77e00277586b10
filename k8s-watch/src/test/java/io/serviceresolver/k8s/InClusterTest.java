package io.serviceresolver.k8s;

import static io.serviceresolver.k8s.WatchLab.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.source.EndpointSourceProvider;
import io.serviceresolver.testkit.ApiRequest;
import io.serviceresolver.testkit.ApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The way to the API server from within a Pod: over TLS, with the service account's token. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InClusterTest {

    private static final String FOUND = "found 127.0.0.2:8080";

    private final TestCertificates.Identity right;
    private final TestCertificates.Identity renewed;
    private final TestCertificates.Identity wrong;
    private Path account = Path.of("");
    private ApiServer server = ApiServer.start();

    InClusterTest(@TempDir Path certificates) throws Exception {
        TestCertificates issuer = new TestCertificates(certificates);
        right = issuer.issue("right", "ip:127.0.0.1");
        renewed = issuer.issue("renewed", "ip:127.0.0.1");
        wrong = issuer.issue("wrong", "ip:127.0.0.9");
    }

    @BeforeEach
    void mount(@TempDir Path directory) throws IOException {
        account = directory;
        Files.writeString(account.resolve("token"), "first\n");
        Files.writeString(account.resolve("ca.crt"), right.certificate());
        start(right);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void start(TestCertificates.Identity identity) {
        server.close();
        server = ApiServer.startTls(identity.context());
        server.requireToken("first");
        server.put(slice("a", "127.0.0.2"));
    }

    private Map<String, String> environment() {
        return Map.of(
                "KUBERNETES_SERVICE_HOST",
                "127.0.0.1",
                "KUBERNETES_SERVICE_PORT",
                Integer.toString(server.uri().getPort()),
                // Neither is to have an effect.
                "HTTPS_PROXY",
                "http://127.0.0.1:1",
                "KUBERNETES_TRUST_CERTIFICATES",
                "true");
    }

    private WatchLab lab() {
        return new WatchLab(server, new InCluster(environment(), account), WatchLab.SLICES);
    }

    @Test
    void followsAServiceByItsServiceAccount() {
        try (WatchLab lab = lab()) {
            Follower follower = lab.watch("skippy", FOUND);
            server.put(slice("b", "127.0.0.3"));
            lab.until(follower, "found 127.0.0.2:8080 127.0.0.3:8080");
            assertThat(server.requests())
                    .extracting(InClusterTest::authorization)
                    .containsOnly("Bearer first");
        }
    }

    private static String authorization(ApiRequest request) {
        return request.headers().getOrDefault("authorization", "none");
    }

    @Test
    void readsATokenThatHasChanged() throws IOException {
        server.requireToken("second");
        try (WatchLab lab = lab()) {
            Follower follower = lab.follow("skippy");
            lab.untilSaid(follower, ": 401 ");
            assertThat(follower.last()).doesNotContain("first");
            Files.writeString(account.resolve("token"), "second");
            assertThat(lab.nextRequest()).isLessThan(Duration.ofSeconds(2));
            lab.until(follower, FOUND);
        }
    }

    @Test
    void saysThatThereIsNoTokenAndFindsOneLater() throws IOException {
        try (WatchLab lab = lab()) {
            Files.delete(account.resolve("token"));
            Follower follower = lab.follow("skippy");
            lab.untilSaid(follower, "the service account's token cannot be read");
            Files.writeString(account.resolve("token"), "first");
            lab.nextRequest();
            lab.until(follower, FOUND);
        }
    }

    @Test
    void trustsNobodyElseAndReadsACertificateThatHasChanged() throws IOException {
        start(renewed);
        try (WatchLab lab = lab()) {
            Follower follower = lab.follow("skippy");
            lab.untilSaid(follower, "SSLHandshakeException");
            assertThat(server.requests()).isEmpty();
            Files.writeString(account.resolve("ca.crt"), renewed.certificate());
            lab.nextRequest();
            lab.until(follower, FOUND);
        }
    }

    @Test
    void refusesACertificateForAnotherAddress() throws IOException {
        start(wrong);
        Files.writeString(account.resolve("ca.crt"), wrong.certificate());
        try (WatchLab lab = lab()) {
            Follower follower = lab.follow("skippy");
            lab.untilSaid(follower, "127.0.0.1");
            lab.untilSaid(follower, "SSLHandshakeException");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void writesIpv6AddressesInBrackets() {
        InCluster pod = new InCluster(Map.of("KUBERNETES_SERVICE_HOST", "fd00::1"), account);
        ApiThreads threads = new ApiThreads();
        assertThat(pod.open(threads).base()).isEqualTo("https://[fd00::1]:443/");
        threads.release();
    }

    @Test
    void offersASourceInAPodOnly() throws IOException {
        assertThat(new EndpointSliceSourceProvider(new InCluster(environment(), account)).create())
                .hasValueSatisfying(source -> assertThat(source.name()).isEqualTo("watch"));
        assertThat(new EndpointSliceSourceProvider(new InCluster(Map.of(), account)).create())
                .isEmpty();
        Files.delete(account.resolve("token"));
        assertThat(new EndpointSliceSourceProvider(new InCluster(environment(), account)).create())
                .isEmpty();
    }

    @Test
    void isFoundAsAProviderAheadOfTheOthers() {
        List<EndpointSourceProvider> providers = ServiceLoader.load(EndpointSourceProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(EndpointSliceSourceProvider.class::isInstance)
                .toList();
        assertThat(providers).hasSize(1);
        assertThat(providers.get(0).order()).isEqualTo(100);
    }
}
