package io.serviceresolver.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.serviceresolver.endpoint.ClusterContext;
import java.net.URI;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class PassedHostsTest {

    private final ServiceHosts hosts = new ServiceHosts(new ClusterContext("shield", "cluster.local", Set.of("web")));
    private final Logger log = (Logger) LoggerFactory.getLogger(PassedHosts.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
        log.setLevel(Level.INFO);
    }

    @AfterEach
    void leave() {
        log.detachAppender(lines);
        log.setLevel(null);
    }

    private void find(String... uris) {
        Stream.of(uris).map(URI::create).forEach(hosts::find);
    }

    @Test
    void tellsOfWhatMayBeAServiceElsewhereOnce() {
        find("http://skippy.hydra/", "http://skippy.hydra:8080/orders", "http://Skippy.Hydra/");
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("skippy.hydra: called as any other host; if it is a service, allow its namespace:"
                        + " namespaces(\"hydra\")");
    }

    @Test
    void tellsOfNothingElse() {
        find("http://skippy/", "http://skippy.web/", "http://skippy.hydra.svc/", "http://api.example.com/");
        find("http://10.0.0.7/", "http://[::1]/", "http://localhost/", "http://skippy./");
        assertThat(lines.list).isEmpty();
    }

    @Test
    void tellsOfSomeOnly() {
        for (int i = 0; i < 1_000; i++) {
            find("http://a" + i + ".com/");
        }
        assertThat(lines.list).hasSize(100);
    }
}
