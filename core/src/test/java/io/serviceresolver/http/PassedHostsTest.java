package io.serviceresolver.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.source.CapturedLog;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PassedHostsTest {

    private final ServiceHosts hosts = new ServiceHosts(new ClusterContext("shield", "cluster.local", Set.of("web")));
    private final CapturedLog log = new CapturedLog(PassedHosts.class);

    @AfterEach
    void close() {
        log.close();
    }

    private List<String> lines() {
        return log.from(Level.INFO);
    }

    private void find(String... uris) {
        Stream.of(uris).map(URI::create).forEach(hosts::find);
    }

    @Test
    void tellsOfWhatMayBeAServiceElsewhereOnce() {
        find("http://skippy.hydra/", "http://skippy.hydra:8080/orders", "http://Skippy.Hydra/");
        assertThat(lines())
                .containsExactly("skippy.hydra: called as any other host; if it is a service, allow its namespace:"
                        + " namespaces(\"hydra\")");
    }

    @Test
    void tellsOfNothingElse() {
        find("http://skippy/", "http://skippy.web/", "http://skippy.hydra.svc/", "http://api.example.com/");
        find("http://10.0.0.7/", "http://[::1]/", "http://localhost/", "http://skippy./");
        assertThat(lines()).isEmpty();
    }

    @Test
    void tellsOfSomeOnly() {
        for (int i = 0; i < 1_000; i++) {
            find("http://a" + i + ".com/");
        }
        assertThat(lines()).hasSize(100);
    }
}
