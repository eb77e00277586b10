package io.serviceresolver;

import static io.serviceresolver.Pods.pods;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.health.OutlierPolicy;
import io.serviceresolver.routing.LocalityPolicy;
import io.serviceresolver.routing.RoutingPolicy;
import io.serviceresolver.routing.Subsetting;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A client that uses four endpoints of each zone. */
class SubsetOfManyTest extends RoutingTest {

    @Override
    RoutingPolicy policy() {
        return RoutingPolicy.standard()
                .withSubsetting(Subsetting.of(4, "wallaby-x2k4q"))
                .withLocality(LocalityPolicy.preferOwnZone().withLoadFactor(Double.POSITIVE_INFINITY, 0));
    }

    @Override
    OutlierPolicy outliers() {
        return super.outliers().withMaxEjected(0.5);
    }

    private Set<String> used(ServiceHandle handle) {
        return Shares.of(handle, 2_000).keySet();
    }

    @Test
    void usesTheSameFourAllTheTime() {
        ServiceHandle skippy = follow("skippy");
        Endpoint[] all = pods(200);
        say(() -> source.found(all));
        Set<String> used = used(skippy);
        assertThat(used).hasSize(4);
        assertThat(skippy.stats().pickable()).isEqualTo(4);
        say(() -> source.found(Arrays.copyOf(all, 199)));
        assertThat(used(skippy)).hasSize(4).containsAnyElementsOf(used);
        say(() -> source.found(all));
        assertThat(used(skippy)).isEqualTo(used);
    }

    @Test
    void replacesOneThatIsNotReadyAndNoOther() {
        ServiceHandle skippy = follow("skippy");
        Endpoint[] all = pods(50);
        say(() -> source.found(all));
        Set<String> before = used(skippy);
        Endpoint gone = Arrays.stream(all)
                .filter(one -> before.contains(one.address()))
                .findFirst()
                .orElseThrow();
        say(() -> source.found(Arrays.stream(all)
                .map(one -> one.equals(gone)
                        ? one.toBuilder().conditions(Conditions.NOT_READY).build()
                        : one)
                .toArray(Endpoint[]::new)));
        assertThat(used(skippy)).hasSize(4).doesNotContain(gone.address());
        assertThat(used(skippy).stream().filter(before::contains)).hasSize(3);
    }

    @Test
    void atMostHalfOfTheSubsetIsLeftAlone() {
        ServiceHandle skippy = follow("skippy");
        Endpoint[] all = pods(100);
        say(() -> source.found(all));
        Set<String> used = used(skippy);
        Endpoint[] mine =
                Arrays.stream(all).filter(one -> used.contains(one.address())).toArray(Endpoint[]::new);
        eject(skippy, mine[0], mine[1]);
        assertThat(skippy.stats().pickable()).isEqualTo(2);
        for (int i = 0; i < 50; i++) {
            var lease = skippy.acquire();
            lease.complete(Outcome.CONNECT_FAILED);
            time.runDue();
        }
        assertThat(skippy.stats().pickable()).isEqualTo(2);
    }

    @Test
    void sharesOfZonesGoByAllThatTheyHave() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(inZones("za:20 zb:40 zc:40")));
        Shares.assertShares(
                Shares.of(skippy, 20_000, RoutingTest::zone), Map.of("za", 0.72, "zb", 0.14, "zc", 0.14), 0.012);
        assertThat(used(skippy)).hasSize(12);
    }

    @Test
    void explainNamesThoseThatOthersUse() throws Exception {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pods(10)));
        assertThat(ExplainTest.explain(skippy, time).endpoints().stream()
                        .map(ExplainTest::verdict)
                        .filter(verdict -> verdict.endsWith(": subsetting: not among those that this client uses")))
                .hasSize(6);
    }
}
