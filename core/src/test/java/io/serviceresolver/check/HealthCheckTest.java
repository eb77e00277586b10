package io.serviceresolver.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** What can be said of a check, and what cannot. */
class HealthCheckTest {

    private static final HealthCheck HTTP = HealthCheck.http("/healthz");
    private static final HealthCheck OWN = HealthCheck.of(endpoint -> {
        throw new IllegalStateException("not asked");
    });

    @Test
    void refusesWhatIsNoPath() {
        for (String path :
                List.of("", "healthz", "/a b", "/a\r\nHost: evil", "/a#b", "/\u00e4", "/" + "x".repeat(2_000))) {
            assertThatThrownBy(() -> HealthCheck.http(path))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("path: ")
                    .hasMessageContaining("(expected: ");
        }
        assertThat(HealthCheck.http("/" + "x".repeat(1_999))).isNotNull();
        assertThat(HealthCheck.http("/")).hasToString("HTTP / every 10000 ms");
    }

    @Test
    void refusesWhatIsOutOfRange() {
        assertRefused("interval: PT0.099S", () -> HTTP.withInterval(Duration.ofMillis(99)));
        assertRefused("timeout: PT0S", () -> HTTP.withTimeout(Duration.ZERO));
        assertRefused("thresholds: 0 and 1", () -> HTTP.withThresholds(0, 1));
        assertRefused("thresholds: 1 and 0", () -> HTTP.withThresholds(1, 0));
        assertRefused("maxInFlight: 0", () -> HTTP.withMaxInFlight(0));
        assertRefused("port: 65536", () -> HTTP.withPort(65_536));
        assertRefused("statuses: 199 to 200", () -> HTTP.withStatuses(199, 200));
        assertRefused("statuses: 300 to 299", () -> HTTP.withStatuses(300, 299));
        assertRefused("service: a b", () -> HealthCheck.grpc("a b"));
        assertRefused("service: ", () -> HealthCheck.grpc("x".repeat(256)));
    }

    @Test
    void refusesWhatIsNoAuthority() {
        for (String authority : List.of("", "a b", "user@host", "host/path", "host\r\nX: y", "host:port", "a_b")) {
            assertRefused("authority: ", () -> HTTP.withAuthority(authority));
        }
        for (String authority : List.of("skippy", "skippy.shield.svc:8080", "[fd00::1]:80", "10.0.0.1")) {
            assertThat(HTTP.withAuthority(authority)).isNotNull();
        }
    }

    private static void assertRefused(String message, Runnable what) {
        assertThatThrownBy(what::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message)
                .hasMessageContaining("(expected: ");
    }

    @Test
    void refusesWhatItCannotTellAnOwnProbe() throws Exception {
        SSLContext tls = SSLContext.getDefault();
        for (Runnable what : List.<Runnable>of(
                () -> OWN.withPort(80),
                () -> OWN.withAuthority("a"),
                () -> OWN.withTls(tls),
                () -> OWN.withStatuses(200, 200),
                () -> HealthCheck.tcp().withStatuses(200, 200))) {
            assertThatThrownBy(what::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("(expected: ");
        }
    }
}
