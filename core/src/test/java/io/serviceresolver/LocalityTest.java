package io.serviceresolver;

import static io.serviceresolver.Shares.assertShares;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.Hints;
import io.serviceresolver.routing.LocalityPolicy;
import io.serviceresolver.routing.RoutingPolicy;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our own zone first, up to its fair share. */
class LocalityTest extends RoutingTest {

    private static final LocalityPolicy LOCAL =
            LocalityPolicy.preferOwnZone().withLoadFactor(Double.POSITIVE_INFINITY, 0);

    @Override
    RoutingPolicy policy() {
        return RoutingPolicy.standard().withLocality(LOCAL);
    }

    /**
     * With three zones each has a third of the callers. Ours may get 1.2 times its capacity: 4 of 12 is just fair, 2 of 10
     * means 0.2 * 1.2 / 0.333 = 72 %. What spills goes by what a zone has beyond its own third; endpoints without a zone have no callers of their
     * own.
     */
    @ParameterizedTest
    @CsvSource({
        "za:4 zb:4 zc:4, za=1",
        "za:4 zb:4 zc:3, za=1",
        "za:8 zb:2 zc:2, za=1",
        "za:2 zb:4 zc:4, za=0.72 zb=0.14 zc=0.14",
        "za:2 zb:2 zc:8, za=0.6 zc=0.4",
        "za:1 zb:9, za=0.24 zb=0.76",
        "za:1 zb:4 zc:5, za=0.36 zb=0.227 zc=0.413",
        "za:3 -:3, za=0.6 -=0.4",
        "za:2 zb:3 -:3, za=0.6 -=0.4",
        "za:2 zb:5 -:3, za=0.48 zb=0.113 -=0.407",
    })
    void shareFollowsFromWhatEachZoneHas(String zones, String expected) {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(inZones(zones)));
        Map<String, Double> shares = new TreeMap<>();
        for (String one : expected.split(" ", -1)) {
            shares.put(one.split("=", -1)[0], Double.parseDouble(one.split("=", -1)[1]));
        }
        assertShares(Shares.of(skippy, 20_000, RoutingTest::zone), shares, 0.012);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "za:2 zb:3       | zones do not count: 5 endpoints are less than 6",
                "zb:3 zc:3       | zones do not count: no healthy endpoint is in our zone za",
            })
    void allAreAlikeWhereZonesDoNotCount(String zones, String note) throws Exception {
        ServiceHandle skippy = follow("skippy");
        Endpoint[] all = inZones(zones);
        say(() -> source.found(all));
        Map<String, Double> shares = Shares.of(skippy, 600 * all.length);
        assertThat(shares.values()).allSatisfy(share -> assertThat(share).isCloseTo(1.0 / all.length, within(0.01)));
        assertThat(notes(skippy)).containsExactly(note);
    }

    @Test
    void onlyWhatIsNotLeftAloneCounts() {
        ServiceHandle skippy = follow("skippy");
        Endpoint[] all = inZones("za:4 zb:4 zc:4");
        say(() -> source.found(all));
        assertShares(Shares.of(skippy, 1_000, RoutingTest::zone), Map.of("za", 1.0), 0);
        eject(skippy, all[0], all[1]);
        // 2 of 10 are left: as in the table.
        assertShares(Shares.of(skippy, 20_000, RoutingTest::zone), Map.of("za", 0.72, "zb", 0.14, "zc", 0.14), 0.012);
        eject(skippy, all[2], all[3]);
        assertShares(Shares.of(skippy, 20_000, RoutingTest::zone), Map.of("zb", 0.5, "zc", 0.5), 0.012);
    }

    @Test
    void hintsGoFirst() {
        ServiceHandle skippy = follow("skippy");
        Endpoint[] hinted = Arrays.stream(inZones("za:2 zb:4 zc:4"))
                .map(one -> one.toBuilder()
                        .hints(Hints.forZones(RoutingTest.zone(one)))
                        .build())
                .toArray(Endpoint[]::new);
        say(() -> source.found(hinted));
        assertShares(Shares.of(skippy, 1_000, RoutingTest::zone), Map.of("za", 1.0), 0);
    }

    @Test
    void explainTellsTheShareOfEachZone() throws Exception {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(inZones("za:2 zb:4 zc:4")));
        Explanation explanation = ExplainTest.explain(skippy, time);
        assertThat(explanation.endpoints().get(0).tier()).isEqualTo("priority 0, zone za: 72.0 % of calls");
        assertThat(explanation.endpoints().get(9).tier()).isEqualTo("priority 0, zone zc: 14.0 % of calls");
        say(() -> source.found(inZones("za:4 zb:4 zc:4")));
        assertThat(ExplainTest.verdict(
                        ExplainTest.explain(skippy, time).endpoints().get(5)))
                .isEqualTo("10.0.0.6: tier: not needed while those preferred to it are enough");
        assertThat(skippy.stats().pickable()).isEqualTo(4);
    }

    /** If each zone has the callers that the policy assumes, no endpoint gets more than the headroom allows. */
    @Test
    void noEndpointGetsMoreThanTheHeadroomAllows() {
        for (long seed = 0; seed < 500; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int zones = random.nextInt(2, 6);
            double headroom = random.nextDouble(1, 2);
            Map<String, Double> capacities = new TreeMap<>();
            for (int i = 0; i < zones; i++) {
                capacities.put("z" + i, (double) random.nextInt(1, 20));
            }
            double total = capacities.values().stream().mapToDouble(one -> one).sum();
            Map<String, Double> loads = new TreeMap<>();
            for (String own : capacities.keySet()) {
                Map<String, Double> shares = ZoneShares.of(LOCAL.withHeadroom(headroom), capacities, own, 1);
                assertThat(shares.values().stream().mapToDouble(one -> one).sum())
                        .isCloseTo(1, within(1e-9));
                shares.forEach((zone, share) -> loads.merge(zone, share / zones, Double::sum));
            }
            String context = "seed " + seed + ": " + capacities + ", headroom " + headroom;
            loads.forEach((zone, load) -> assertThat(load)
                    .as(context)
                    .isLessThanOrEqualTo(headroom * capacities.getOrDefault(zone, 0.0) / total + 1e-9));
        }
    }

    @Test
    void ownCallersAreWhatTheUserSays() {
        Map<String, Double> even = Map.of("za", 4.0, "zb", 4.0);
        assertThat(ZoneShares.of(LOCAL.withOwnCallers(0.9), even, "za", 1).get("za"))
                .isCloseTo(0.6 / 0.9, within(1e-9));
        assertThat(ZoneShares.of(LOCAL.withOwnCallers(0.2), even, "za", 1).get("za"))
                .isCloseTo(1, within(1e-9));
    }
}
