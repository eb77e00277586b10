package io.serviceresolver;

import static io.serviceresolver.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.InternalTrafficPolicy;
import io.serviceresolver.endpoint.PodLabels;
import io.serviceresolver.endpoint.ServiceTraits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What is in use against what the source is told when it is asked anew. */
class DriftTest extends EngineTest {

    @Test
    void thereIsNoneWhereBothAreTheSame() throws Exception {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pod(1), pod(2)));
        source.fetched = CompletableFuture.completedFuture(EndpointSet.of(List.of(pod(2), pod(1))));
        Drift drift = drift(skippy);
        assertThat(drift.isNone()).isTrue();
        assertThat(drift.inUse()).isEqualTo(2);
        assertThat(drift.text()).isEqualTo("skippy.shield: no drift from watch, 2 endpoints in use");
    }

    @Test
    void tellsWhatIsMissingGoneAndChanged() throws Exception {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pod(1), pod(2), named(3, "skippy\n3")));
        Endpoint changed = pod(2, Conditions.DRAINING).toBuilder()
                .labels(Map.of("ver", "v2"))
                .zone("za")
                .build();
        source.fetched = CompletableFuture.completedFuture(EndpointSet.EMPTY.next(
                List.of(pod(1), changed, pod(4)),
                new ServiceTraits(InternalTrafficPolicy.LOCAL, Duration.ofHours(3), PodLabels.KNOWN)));
        Drift drift = drift(skippy);
        assertThat(drift.isNone()).isFalse();
        assertThat(drift.missing()).containsExactly(pod(4));
        assertThat(drift.gone()).containsExactly(named(3, "skippy\n3"));
        assertThat(drift.changed()).containsExactly(new Drift.Change(pod(2), changed));
        assertThat(drift.toString()).isEqualTo("""
                skippy.shield: drift from watch, 3 endpoints in use
                  missing here     10.0.0.4:8080  ready
                  no longer there  10.0.0.3:8080 (skippy\\u000a3)
                  changed          10.0.0.2:8080  conditions: ready -> terminating, serving, zone: none -> za, labels: {} -> {ver=v2}
                  Service          internalTrafficPolicy: Cluster -> Local
                  Service          sessionAffinity: none -> ClientIP for 3h0m""");
    }

    @Test
    void comparesWithWhatIsInUseWhenTheAnswerComes() throws Exception {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pod(1)));
        source.fetched = new CompletableFuture<>();
        CompletableFuture<Drift> drift = skippy.drift();
        time.runDue();
        say(() -> source.found(pod(1), pod(2)));
        source.fetched.complete(EndpointSet.of(List.of(pod(1), pod(2))));
        time.runDue();
        assertThat(get(drift).isNone()).isTrue();
    }

    @Test
    void changesNothingOfWhatIsInUseAndIsTheSameForASubset() throws Exception {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pod(1)));
        source.fetched = CompletableFuture.completedFuture(EndpointSet.of(List.of(pod(2))));
        assertThat(drift(skippy.subset("ver=v2")).missing()).containsExactly(pod(2));
        assertThat(skippy.resolve()).isEqualTo(pod(1));
        assertThat(skippy.endpoints().version()).isEqualTo(1);
    }

    @Test
    void failsWhereTheSourceCannotBeAskedAnew() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pod(1)));
        assertThat(failing(skippy))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage(
                        "skippy.shield: source watch cannot be asked anew (expected: one that can, such as the watch)");
    }

    @Test
    void failsWhereNoSourceIsInUse() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.unavailable("no API server"));
        assertThat(failing(skippy))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("skippy.shield: no source is in use (watch: no API server)");
    }

    @Test
    void failsWhereTheSourceFails() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pod(1)));
        source.fetched = CompletableFuture.failedFuture(new IllegalStateException("HTTP 500"));
        assertThat(failing(skippy))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("skippy.shield: source watch could not be asked anew: HTTP 500");
    }

    @Test
    void failsWhereTheSourceSaysNothingForLong() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pod(1)));
        source.fetched = new CompletableFuture<>();
        CompletableFuture<Drift> drift = skippy.drift();
        time.advance(Duration.ofSeconds(30).minusNanos(1));
        assertThat(drift).isNotDone();
        time.advance(Duration.ofNanos(1));
        assertThat(failure(drift)).isInstanceOf(TimeoutException.class).hasMessage("no answer in 30 s");
    }

    @Test
    void failsWhenTheSetIsNoLongerInUseOrTheResolverIsClosed() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pod(1)));
        source.fetched = new CompletableFuture<>();
        CompletableFuture<Drift> absent = skippy.drift();
        time.runDue();
        say(() -> source.absent("no such Service"));
        say(() -> source.found(pod(1)));
        CompletableFuture<Drift> closed = skippy.drift();
        time.runDue();
        say(() -> source.absent("no such Service"));
        source.fetched.complete(EndpointSet.of(List.of(pod(1))));
        time.runDue();
        assertThat(failure(absent)).hasMessage("skippy.shield: source watch is no longer in use");
        assertThat(failure(closed)).hasMessage("skippy.shield: source watch is no longer in use");

        say(() -> source.found(pod(1)));
        source.fetched = new CompletableFuture<>();
        CompletableFuture<Drift> open = skippy.drift();
        time.runDue();
        resolver.close();
        time.runDue();
        assertThat(failure(open)).hasMessage("skippy.shield: the resolver is closed");
        assertThat(failing(skippy)).hasMessage("skippy.shield: the resolver is closed");
    }

    private Drift drift(ServiceHandle handle) throws Exception {
        CompletableFuture<Drift> drift = handle.drift();
        time.runDue();
        return get(drift);
    }

    private Throwable failing(ServiceHandle handle) {
        CompletableFuture<Drift> drift = handle.drift();
        time.runDue();
        return Objects.requireNonNull(failure(drift));
    }

    private static Endpoint named(int n, String podName) {
        return pod(n).toBuilder().podName(podName).build();
    }
}
