package io.serviceresolver;

import static io.serviceresolver.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.ServiceState.Status;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.PodSelection;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.selector.LabelSelector;
import io.serviceresolver.testkit.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is asked for cannot be, or not by this source. */
class RefusalTest {

    private static final String NO_PORT = "port: grpc (expected: http or metrics)";

    private final VirtualTime time = new VirtualTime();
    private final ScriptedSource watch = new ScriptedSource("watch").selectsPods();
    private final ScriptedSource dns = new ScriptedSource("dns");
    private final ServiceResolver resolver = ServiceResolver.builder()
            .source(watch)
            .fallback(dns)
            .cluster(new ClusterContext("shield", "cluster.local"))
            .time(time::nanoTime, time)
            .build();

    @AfterEach
    void close() {
        resolver.close();
        time.runDue();
    }

    @Test
    void aRefusalFailsAtOnceAndNoLaterSourceIsAsked() {
        ServiceHandle skippy = follow(resolver.service("skippy:grpc"));
        say(() -> watch.refused(NO_PORT));
        time.advance(Duration.ofMinutes(1));
        assertThat(dns.isAsked()).isFalse();
        assertThat(skippy.state().status()).isEqualTo(Status.EMPTY);
        assertThatThrownBy(skippy::resolve)
                .isInstanceOf(NoEndpointsException.class)
                .hasMessage("skippy.shield:grpc: no endpoints (watch: " + NO_PORT + "; dns: not asked)");
    }

    @Test
    void aRefusalEndsTheUseOfALaterSource() {
        ServiceHandle skippy = follow(resolver.service("skippy:grpc"));
        say(() -> watch.unavailable("gone fishing"));
        say(() -> dns.found(pod(1)));
        assertThat(skippy.resolve()).isEqualTo(pod(1));
        say(() -> watch.refused(NO_PORT));
        assertThatThrownBy(skippy::resolve).hasMessageContaining(NO_PORT);
    }

    @Test
    void aRefusalEndsTheUseOfWhatTheSourceFoundBeforeAndARightPortBringsItBack() {
        ServiceHandle skippy = follow(resolver.service("skippy:grpc"));
        say(() -> watch.found(pod(1)));
        say(() -> watch.refused(NO_PORT));
        assertThatThrownBy(skippy::resolve).hasMessageContaining(NO_PORT);
        say(() -> watch.found(pod(1), pod(2)));
        assertThat(skippy.stats().pickable()).isEqualTo(2);
    }

    @Test
    void podsAreSelectedByTheSourceThatCan() {
        ServiceHandle pods = follow(resolver.select("app=skippy", 8080));
        assertThat(watch.log).containsExactly("open pods(app=skippy).shield:8080");
        say(() -> watch.found(pod(1)));
        assertThat(pods.resolve()).isEqualTo(pod(1));
        assertThat(pods.state().status()).isEqualTo(Status.LIVE);
    }

    @Test
    void aSourceThatCannotSelectPodsSaysSo() {
        ServiceHandle pods = follow(resolver.select("app=skippy", 8080));
        say(() -> watch.unavailable("no API server"));
        time.advance(Duration.ofSeconds(3));
        assertThat(dns.log).isEmpty();
        assertThat(pods.state().status()).isEqualTo(Status.UNKNOWN);
        assertThatThrownBy(pods::resolve)
                .hasMessage("pods(app=skippy).shield:8080: no endpoints (watch: no API server; dns: Pods cannot be"
                        + " selected by their labels)");
    }

    @Test
    void podsOfAnySourceBehindOneThatCannotAreSelected() {
        try (ServiceResolver other = ServiceResolver.builder()
                .source(dns)
                .fallback(watch)
                .cluster(resolver.cluster())
                .time(time::nanoTime, time)
                .build()) {
            ServiceHandle pods = follow(other.select(
                    new PodSelection("avengers", LabelSelector.parse("app in (a,b)"), ServicePort.named("http"))));
            say(() -> watch.found(pod(1)));
            assertThat(pods.resolve()).isEqualTo(pod(1));
            assertThat(pods.state().status()).isEqualTo(Status.FALLBACK);
            assertThat(pods.target().namespace()).isEqualTo("avengers");
        }
    }

    private ServiceHandle follow(ServiceHandle handle) {
        time.runDue();
        return handle;
    }

    private void say(Runnable what) {
        what.run();
        time.runDue();
    }
}
