package io.serviceresolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.Hints;
import io.serviceresolver.endpoint.InternalTrafficPolicy;
import io.serviceresolver.endpoint.PodLabels;
import io.serviceresolver.endpoint.ServiceTraits;
import io.serviceresolver.endpoint.Topology;
import io.serviceresolver.source.StaticSource;
import io.serviceresolver.testkit.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where this process runs, and what follows when that becomes known. */
class LocalTopologyTest {

    private static final ServiceTraits LOCAL =
            new ServiceTraits(InternalTrafficPolicy.LOCAL, Duration.ZERO, PodLabels.KNOWN);

    private final VirtualTime time = new VirtualTime();
    private final StaticSource source = StaticSource.empty();
    private final AtomicInteger updates = new AtomicInteger();
    private @Nullable ServiceResolver resolver;

    @AfterEach
    void close() {
        if (resolver != null) {
            resolver.close();
        }
        time.runDue();
    }

    @Test
    void ourOwnEntryInAnyServiceTellsNodeAndZone() {
        source.set("skippy", List.of(pod("a", "n1", "za"), pod("b", "n2", "zb")), LOCAL);
        source.set("other", pod("c", "n2", "zb"));
        ServiceHandle skippy = follow("skippy", ours(null, null, "10.0.0.9", "10.0.0.3"));
        assertThatThrownBy(skippy::resolve).hasMessageContaining("our node is not known");
        follow("other");
        assertThat(skippy.resolve().nodeName()).contains("n2");
    }

    @Test
    void theFirstAnswerIsFilteredByWhatItTellsItself() {
        source.set("skippy", List.of(pod("a", "n1", "za"), pod("c", "n2", "zb")), LOCAL);
        ServiceHandle skippy = follow("skippy", ours(null, null, "10.0.0.3"));
        assertThat(skippy.resolve().nodeName()).contains("n2");
        assertThat(updates).hasValue(1);
    }

    @Test
    void anEndpointOnOurNodeTellsOurZone() {
        source.set("skippy", hinted("a", "za"), hinted("b", "zb"));
        ServiceHandle skippy = follow("skippy", Topology.of("n1", null));
        assertThat(skippy.stats().pickable()).isEqualTo(2);
        source.set("other", pod("c", "n1", "zb"));
        follow("other");
        assertThat(skippy.stats().pickable()).isEqualTo(1);
        assertThat(skippy.resolve().address()).isEqualTo("10.0.0.2");
    }

    @Test
    void nodeAndZoneMayBeToldByTwoEndpoints() {
        source.set("skippy", hinted("a", "za"), hinted("b", "zb"));
        source.set("other", pod("c", "n1", null), pod("d", "n1", "zb"));
        ServiceHandle skippy = follow("skippy", ours(null, null, "10.0.0.3"));
        follow("other");
        assertThat(skippy.resolve().address()).isEqualTo("10.0.0.2");
    }

    @Test
    void whatIsStatedGoesBeforeWhatIsLearnt() {
        source.set("skippy", List.of(pod("a", "n1", "za"), pod("b", "n2", "zb")), LOCAL);
        source.set("other", pod("c", "n2", "zb"));
        ServiceHandle skippy = follow("skippy", ours("n1", null, "10.0.0.3"));
        follow("other");
        assertThat(skippy.resolve().nodeName()).contains("n1");
    }

    @Test
    void anEntryWithOurAddressOnAnotherNodeDoesNotTellTheZone() {
        source.set("skippy", hinted("a", "za"), hinted("b", "zb"));
        source.set("other", pod("c", "n2", "zb"));
        ServiceHandle skippy = follow("skippy", ours("n1", null, "10.0.0.3"));
        follow("other");
        assertThat(skippy.stats().pickable()).isEqualTo(2);
    }

    @Test
    void aPodThatTerminatesMayHaveHadOurAddressBefore() {
        source.set("skippy", hinted("a", "za"), hinted("b", "zb"));
        source.set("other", with(pod("c", "n2", "zb"), Conditions.DRAINING));
        ServiceHandle skippy = follow("skippy", ours(null, null, "10.0.0.3"));
        follow("other");
        assertThat(skippy.stats().pickable()).isEqualTo(2);
    }

    @Test
    void aPickerIsMadeAnewOnlyWhereTheHostsChange() {
        source.set("skippy", pod("a", "n1", "za"), pod("b", "n2", "zb"));
        source.set("other", pod("c", "n2", "zb"));
        ServiceHandle skippy = follow("skippy", ours(null, null, "10.0.0.3"));
        assertThat(updates).hasValue(1);
        follow("other");
        assertThat(updates).hasValue(2);
        assertThat(skippy.stats().pickable()).isEqualTo(2);
    }

    @Test
    void theNextSourceIsAskedWhereThePolicyLeavesNothing() {
        source.set("skippy", List.of(pod("a", "n1", "za")), LOCAL);
        StaticSource next = StaticSource.of("skippy", pod("b", "n2", "zb"));
        ServiceHandle skippy = open("skippy", builder(Topology.of("n2", "zb")).fallback(next));
        assertThatThrownBy(skippy::resolve)
                .hasMessage("skippy.shield: no endpoints (internalTrafficPolicy is Local, and none of 1 endpoints is on"
                        + " our node n2; static: 1 of 1 endpoints ready; static: 1 of 1 endpoints ready)");
    }

    @Test
    void aSubsetIsFilteredByWhatIsLeftOfHints() {
        source.set(
                "skippy",
                hinted("a", "za"),
                hinted("b", "zb").toBuilder().labels(Map.of("ver", "v2")).build());
        ServiceHandle skippy = follow("skippy", Topology.of("n1", "za"));
        ServiceHandle canary = skippy.subset("ver=v2");
        time.runDue();
        assertThat(skippy.resolve().address()).isEqualTo("10.0.0.1");
        assertThat(canary.resolve().address()).isEqualTo("10.0.0.2");
    }

    private ServiceHandle follow(String service, Topology place) {
        return open(service, builder(place));
    }

    private ServiceHandle open(String service, ServiceResolverBuilder builder) {
        resolver = builder.build();
        return follow(service);
    }

    private ServiceHandle follow(String service) {
        ServiceHandle handle = Objects.requireNonNull(resolver).service(service);
        time.runDue();
        return handle;
    }

    private ServiceResolverBuilder builder(Topology place) {
        return ServiceResolver.builder()
                .source(source)
                .cluster(new ClusterContext("shield", "cluster.local"))
                .topology(place)
                .balancer(random -> candidates -> {
                    updates.incrementAndGet();
                    return () -> candidates.get(0);
                })
                .time(time::nanoTime, time);
    }

    private static Topology ours(@Nullable String node, @Nullable String zone, String... addresses) {
        return new Topology(node, zone, Set.of(addresses));
    }

    private static Endpoint pod(String letter, String node, @Nullable String zone) {
        return Endpoint.builder("10.0.0." + (letter.charAt(0) - 'a' + 1), 8080)
                .nodeName(node)
                .zone(zone)
                .build();
    }

    private static Endpoint hinted(String letter, String zone) {
        return pod(letter, "n-" + zone, zone).toBuilder()
                .hints(Hints.forZones(zone))
                .build();
    }

    private static Endpoint with(Endpoint endpoint, Conditions conditions) {
        return endpoint.toBuilder().conditions(conditions).build();
    }
}
