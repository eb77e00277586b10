package io.serviceresolver;

import static io.serviceresolver.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.PodLabels;
import io.serviceresolver.endpoint.ServiceTraits;
import io.serviceresolver.source.EnvironmentSource;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Parts of a service by labels that only Pods bear, where the source does not know them, or not yet. */
class PodLabelsTest extends EngineTest {

    private static final ServiceTraits PENDING = ServiceTraits.DEFAULT.withPodLabels(PodLabels.PENDING);
    private static final ServiceTraits UNKNOWN =
            ServiceTraits.DEFAULT.withPodLabels(PodLabels.unknown("Pods may not be listed"));

    @Test
    void aSubsetHasTheSourceFindThemOutOnce() {
        ServiceHandle skippy = follow("skippy");
        subset(skippy, "topology.kubernetes.io/zone=za,kubernetes.io/hostname=n1");
        assertThat(source.labels).isEmpty();
        ServiceHandle canary = subset(skippy, "ver=v2");
        ServiceHandle stable = subset(skippy, "ver=v1");
        assertThat(source.labels).containsExactly(skippy.target());
        assertThat(canary.target()).isEqualTo(stable.target());
    }

    @Test
    void aSourceThatIsAskedLaterIsToldAtItsStart() {
        ServiceHandle skippy = follow("skippy");
        ServiceHandle canary = subset(skippy, "ver=v2");
        time.advance(IDLE.multipliedBy(2));
        assertThat(source.isAsked()).isFalse();
        canary.awaitReadyAsync(Duration.ofSeconds(1));
        time.runDue();
        assertThat(source.labels).containsExactly(skippy.target(), skippy.target());
    }

    @Test
    void aCallWaitsWhileTheyAreBeingRead() throws Exception {
        ServiceHandle skippy = follow("skippy");
        ServiceHandle canary = subset(skippy, "ver=v2");
        say(() -> source.found(PENDING, pod(1), pod(2)));
        CompletableFuture<Endpoint> picked = canary.resolveAsync();
        time.advance(Duration.ofSeconds(2));
        assertThat(picked).isNotDone();
        assertThat(skippy.resolve()).isNotNull();
        say(() -> source.found(pod(1, Map.of("ver", "v1")), pod(2, Map.of("ver", "v2"))));
        assertThat(get(picked).address()).isEqualTo("10.0.0.2");
    }

    @Test
    void aCallThatWaitedTooLongSaysWhatForItDid() {
        ServiceHandle canary = subset(follow("skippy"), "ver=v2");
        say(() -> source.found(PENDING, pod(1)));
        CompletableFuture<Endpoint> picked = canary.resolveAsync();
        time.advance(((ServiceView) canary).feed().longestWait());
        assertThat(failure(picked))
                .hasMessage(
                        "skippy.shield[ver=v2]: no endpoints (the labels of Pods have not been read yet; watch: 1 of 1 endpoints ready)");
    }

    @Test
    void whatWasChosenStaysWhileTheyAreReadAnew() {
        ServiceHandle canary = subset(follow("skippy"), "ver=v2");
        Map<String, String> v2 = Map.of("ver", "v2");
        say(() -> source.found(pod(1, v2), pod(2, v2), pod(3, v2)));
        say(() -> source.found(PENDING, pod(1), pod(2, Conditions.DRAINING), pod(4)));
        assertThat(canary.endpoints().size()).isEqualTo(2);
        assertThat(canary.resolve().address()).isEqualTo("10.0.0.1");
        assertThat(canary.resolve().address()).isEqualTo("10.0.0.1");
    }

    @Test
    void aCallFailsAtOnceWithTheReasonWhereTheyCannotBeKnown() {
        ServiceHandle skippy = follow("skippy");
        ServiceHandle canary = subset(skippy, "ver=v2");
        say(() -> source.found(UNKNOWN, pod(1)));
        assertThat(skippy.resolve()).isEqualTo(pod(1));
        assertThatThrownBy(canary::resolve)
                .isInstanceOf(NoEndpointsException.class)
                .hasMessage(
                        "skippy.shield[ver=v2]: no endpoints (Pods may not be listed; watch: 1 of 1 endpoints ready)");
    }

    @Test
    void aSubsetByNodeAndZoneDoesNotNeedThem() {
        ServiceHandle here = subset(follow("skippy"), "topology.kubernetes.io/zone=za");
        say(() -> source.found(UNKNOWN, pod(1, Map.of("topology.kubernetes.io/zone", "za")), pod(2)));
        assertThat(here.resolve().address()).isEqualTo("10.0.0.1");
    }

    @Test
    void theEnvironmentDoesNotTellThem() {
        try (ServiceResolver alone = ServiceResolver.builder()
                .source(EnvironmentSource.of(Map.of("SKIPPY_SERVICE_HOST", "10.96.0.7", "SKIPPY_SERVICE_PORT", "80")))
                .cluster(resolver.cluster())
                .time(time::nanoTime, time)
                .build()) {
            ServiceHandle skippy = alone.service("skippy");
            ServiceHandle canary = subset(skippy, "ver=v2");
            assertThat(skippy.resolve().address()).isEqualTo("10.96.0.7");
            assertThatThrownBy(canary::resolve)
                    .hasMessageContaining("(the environment does not tell the labels of Pods; environment: ");
        }
    }

    private ServiceHandle subset(ServiceHandle whole, String selector) {
        ServiceHandle part = whole.subset(selector);
        time.runDue();
        return part;
    }
}
