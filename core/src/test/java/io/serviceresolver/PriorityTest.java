package io.serviceresolver;

import static io.serviceresolver.Pods.pod;
import static io.serviceresolver.Shares.assertShares;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.call.Attempts;
import io.serviceresolver.call.CallOptions;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.routing.RoutingPolicy;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Endpoints that are called when those of a better priority are not enough. */
class PriorityTest extends RoutingTest {

    @Override
    RoutingPolicy policy() {
        return RoutingPolicy.standard()
                .withPriorities(one -> Integer.parseInt(one.labels().getOrDefault("priority", "0")))
                .withPodLabels();
    }

    private static Endpoint at(int priority, int n) {
        return pod(n, Map.of("priority", Integer.toString(priority)));
    }

    /** So many endpoints of each priority; Pod 1 is the first one of priority 0. */
    private static Endpoint[] levels(int... counts) {
        int[] next = {1};
        return IntStream.range(0, counts.length)
                .boxed()
                .flatMap(priority -> IntStream.range(0, counts[priority]).mapToObj(i -> at(priority, next[0]++)))
                .toArray(Endpoint[]::new);
    }

    private static String priority(Endpoint endpoint) {
        return endpoint.labels().getOrDefault("priority", "0");
    }

    /** Envoy's overprovisioning factor is 1.4: four of five healthy ones are enough, two of four take 70 %. */
    @ParameterizedTest
    @CsvSource({
        "0, 1.0, 0.0",
        "1, 1.0, 0.0",
        "2, 0.7, 0.3",
        "3, 0.35, 0.65",
        "4, 0.0, 1.0",
    })
    void callsSpillByTheHealthOfTheFirst(int ejected, double first, double second) {
        ServiceHandle skippy = follow("skippy");
        Endpoint[] all = levels(4, 4);
        say(() -> source.found(all));
        eject(skippy, Arrays.copyOf(all, ejected));
        Map<String, Double> expected = new HashMap<>();
        expected.put("0", first);
        expected.put("1", second);
        expected.values().removeIf(share -> share == 0);
        assertShares(Shares.of(skippy, 10_000, PriorityTest::priority), expected, 0.015);
    }

    @Test
    void whatIsNotReadyCountsAsNotHealthyAndWhatTerminatesDoesNotCount() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(
                at(0, 1),
                at(0, 2),
                pod(3, Conditions.NOT_READY),
                pod(4, Conditions.NOT_READY),
                pod(5, Conditions.DRAINING),
                at(1, 6)));
        assertShares(Shares.of(skippy, 10_000, PriorityTest::priority), Map.of("0", 0.7, "1", 0.3), 0.015);
    }

    /** One call at a time to those on trial is made only where the priority is needed: nobody waits for it in vain. */
    @Test
    void whoWasLeftAloneIsLetBackWhereItsPriorityIsNotNeeded() {
        ServiceHandle skippy = follow("skippy");
        Endpoint[] all = levels(4, 4);
        say(() -> source.found(all));
        eject(skippy, all[0], all[1], all[2], all[3]);
        eject(skippy, all[4]);
        say(() -> source.found(at(0, 21), at(0, 22), all[4], all[5], all[6], all[7]));
        assertThat(skippy.stats().ejected()).isEqualTo(1);
        for (int i = 0; i < 5; i++) {
            skippy.acquire().success();
            time.advance(LONG);
        }
        assertThat(skippy.stats().ejected()).isZero();
    }

    @Test
    void theLastOneTakesWhatAllBeforeItCannot() {
        ServiceHandle skippy = follow("skippy");
        Endpoint[] all = levels(5, 5, 5);
        say(() -> source.found(all));
        eject(skippy, all[0], all[1], all[2], all[3]);
        eject(skippy, all[5], all[6], all[7]);
        assertShares(Shares.of(skippy, 10_000, PriorityTest::priority), Map.of("0", 0.28, "1", 0.56, "2", 0.16), 0.015);
    }

    @Test
    void whereAllTogetherAreNotEnoughTheyShareInProportion() throws Exception {
        ServiceHandle skippy = follow("skippy");
        Endpoint[] all = levels(5, 5);
        say(() -> source.found(all));
        eject(skippy, all[0], all[1], all[2], all[3], all[5], all[6], all[7]);
        eject(skippy, all[8]);
        assertShares(Shares.of(skippy, 10_000, PriorityTest::priority), Map.of("0", 0.5, "1", 0.5), 0.015);
        assertThat(notes(skippy))
                .containsExactly(
                        "priority 0: 1 of 5 endpoints healthy, 50.0 % of calls",
                        "priority 1: 1 of 5 endpoints healthy, 50.0 % of calls");
    }

    @Test
    void aFirstPriorityOfOneEndpointIsGivenUpWithoutPanic() {
        ServiceHandle skippy = follow("skippy");
        Endpoint[] all = levels(1, 2);
        say(() -> source.found(all));
        eject(skippy, all[0]);
        assertShares(Shares.of(skippy, 100, PriorityTest::priority), Map.of("1", 1.0), 0);
        assertThat(skippy.stats().isPanicking()).isFalse();
    }

    @Test
    void explainTellsTheTierOfEach() throws Exception {
        ServiceHandle skippy = follow("skippy");
        Endpoint[] all = levels(4, 2);
        say(() -> source.found(all));
        assertThat(verdicts(skippy))
                .endsWith(
                        "10.0.0.5: tier: not needed while those preferred to it are enough",
                        "10.0.0.6: tier: not needed while those preferred to it are enough");
        eject(skippy, all[0], all[1]);
        Explanation explanation = ExplainTest.explain(skippy, time);
        assertThat(explanation.endpoints())
                .extracting(ExplainedEndpoint::tier)
                .containsExactly(
                        "",
                        "",
                        "priority 0: 70.0 % of calls",
                        "priority 0: 70.0 % of calls",
                        "priority 1: 30.0 % of calls",
                        "priority 1: 30.0 % of calls");
        assertThat(explanation.notes())
                .containsExactly(
                        "priority 0: 2 of 4 endpoints healthy, 70.0 % of calls",
                        "priority 1: 2 of 2 endpoints healthy, 30.0 % of calls");
        assertThat(explanation.text()).contains("TIER");
        assertThat(verdicts(skippy).get(0)).contains("health: left alone for").contains("no connection");
    }

    private List<String> verdicts(ServiceHandle handle) throws Exception {
        return ExplainTest.explain(handle, time).endpoints().stream()
                .map(ExplainTest::verdict)
                .toList();
    }

    @Test
    void aRetryGoesToTheNextPriorityWhenNoneOfTheFirstIsLeft() {
        ServiceHandle skippy = follow("skippy");
        Endpoint[] all = levels(2, 2);
        say(() -> source.found(all));
        Attempts attempts = skippy.attempts(CallOptions.DEFAULT.idempotent());
        StringBuilder tried = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            var lease = attempts.acquire();
            tried.append(priority(lease.endpoint()));
            lease.complete(Outcome.CANCELLED);
            attempts.next(Outcome.CONNECT_FAILED, Duration.ZERO);
        }
        assertThat(tried.toString()).isEqualTo("001");
    }

    @Test
    void aKeyStaysWithItsEndpointWhenSharesChangeALittle() {
        ServiceHandle skippy = follow("skippy");
        Endpoint[] all = levels(10, 10);
        say(() -> source.found(all));
        eject(skippy, all[0], all[1], all[2], all[3]);
        Map<String, String> before = new HashMap<>();
        for (int i = 0; i < 2_000; i++) {
            before.put("key" + i, priority(skippy.resolve("key" + i)));
        }
        assertThat(before.values().stream().filter("0"::equals).count()).isBetween(1_600L, 1_760L);
        eject(skippy, all[4]);
        long moved = before.entrySet().stream()
                .filter(one -> !priority(skippy.resolve(one.getKey())).equals(one.getValue()))
                .count();
        assertThat(moved).as("84 % before, 70 % after").isBetween(200L, 360L);
    }

    @Test
    void whatIsNoPriorityCountsAsTheFirstAndIsExplained() throws Exception {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(at(-1, 1), pod(2, Map.of("priority", "first")), at(1, 3)));
        assertShares(Shares.of(skippy, 1_000), Map.of("10.0.0.1", 0.5, "10.0.0.2", 0.5), 0.01);
        assertThat(notes(skippy)).contains("priority of 10.0.0.1:8080: -1 (expected: 0 or more); 0 is used");
    }
}
