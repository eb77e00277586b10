package io.serviceresolver.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.source.EndpointSource;
import io.serviceresolver.source.EndpointSourceProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DnsSourceProviderTest {

    private static final Map<String, String> IN_POD = Map.of("KUBERNETES_SERVICE_HOST", "10.96.0.1");

    @TempDir
    Path dir;

    private Optional<EndpointSource> create(Map<String, String> environment, String resolvConf) throws IOException {
        Path file = Files.writeString(dir.resolve("resolv.conf"), resolvConf);
        return new DnsSourceProvider(environment, file).create();
    }

    @Test
    void isFoundByTheServiceLoaderBetweenWatchAndEnvironment() {
        assertThat(ServiceLoader.load(EndpointSourceProvider.class))
                .filteredOn(DnsSourceProvider.class::isInstance)
                .extracting(EndpointSourceProvider::order)
                .containsExactly(200);
    }

    @Test
    void offersASourceWhereTheSearchListIsThatOfACluster() throws IOException {
        String clusterFirst =
                "nameserver 10.96.0.10\nsearch shield.svc.cluster.local svc.cluster.local cluster.local\n";
        assertThat(create(Map.of(), clusterFirst)).get().isInstanceOf(DnsSource.class);
    }

    @Test
    void offersASourceInAPodThatHasANameserver() throws IOException {
        assertThat(create(IN_POD, "nameserver 10.96.0.10\n")).isPresent();
        assertThat(create(IN_POD, "search corp.example\n")).isEmpty();
    }

    @Test
    void offersNoneOutsideACluster() throws IOException {
        assertThat(create(Map.of(), "nameserver 192.168.0.1\nsearch corp.example\n"))
                .isEmpty();
        assertThat(new DnsSourceProvider(IN_POD, dir.resolve("missing")).create())
                .isEmpty();
    }
}
