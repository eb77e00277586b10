package io.serviceresolver.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.Hints;
import io.serviceresolver.endpoint.InternalTrafficPolicy;
import io.serviceresolver.endpoint.PodLabels;
import io.serviceresolver.endpoint.ServiceTraits;
import io.serviceresolver.endpoint.Topology;
import io.serviceresolver.selector.LabelSelector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EndpointFiltersTest {

    private static final Endpoint READY = endpoint(1, Conditions.READY);
    private static final Endpoint NOT_READY = endpoint(2, Conditions.NOT_READY);
    private static final Endpoint DRAINING = endpoint(3, Conditions.DRAINING);
    private static final Endpoint GONE = endpoint(4, Conditions.GONE);

    @Test
    void takesTheReadyOnes() {
        assertThat(chosen(NOT_READY, READY, DRAINING, GONE)).containsExactly(READY);
    }

    @Test
    void takesThoseThatServeWhileTheyTerminateWhenNoneIsReady() {
        assertThat(chosen(NOT_READY, DRAINING, GONE)).containsExactly(DRAINING);
    }

    @Test
    void takesNoneWhenNoneServes() {
        assertThat(chosen(NOT_READY, GONE)).isEmpty();
        assertThat(chosen()).isEmpty();
    }

    @Test
    void takesTerminatingOnesThatAreReadyAsServicesThatPublishNotReadyAddressesHave() {
        Endpoint published = endpoint(5, new Conditions(true, false, true));
        assertThat(chosen(published, DRAINING)).containsExactly(published);
    }

    @Test
    void doesNotTakeOneThatServesWithoutTerminatingYetIsNotReady() {
        assertThat(chosen(endpoint(6, new Conditions(false, true, false)))).isEmpty();
    }

    @Test
    void takesThoseWithTheLabelsAskedFor() {
        Endpoint canary =
                READY.toBuilder().labels(Map.of("ver", "v2", "tier", "web")).build();
        EndpointFilter filter = EndpointFilters.subset(LabelSelector.parse("ver in (v2,v3),!old"));
        assertThat(filter.apply(List.of(READY, canary))).containsExactly(canary);
    }

    @Test
    void chooseOfASetWhatTheFiltersLeaveOneAfterTheOther() {
        Random random = new Random(20261129);
        Conditions[] conditions = {Conditions.READY, Conditions.READY, Conditions.DRAINING, Conditions.GONE};
        for (int step = 0; step < 20_000; step++) {
            // Of some sets all are ready, of others none is; some have hints for us, and some do not count.
            int kinds = 1 + random.nextInt(conditions.length);
            int first = random.nextInt(conditions.length - kinds + 1);
            List<Endpoint> endpoints = IntStream.range(0, random.nextInt(5))
                    .mapToObj(n -> endpoint(n + 1, conditions[first + random.nextInt(kinds)]).toBuilder()
                            .nodeName("node-" + random.nextInt(3))
                            .hints(random.nextInt(4) == 0 ? Hints.NONE : Hints.forZones("z" + random.nextInt(2)))
                            .build())
                    .toList();
            InternalTrafficPolicy policy =
                    random.nextBoolean() ? InternalTrafficPolicy.CLUSTER : InternalTrafficPolicy.LOCAL;
            EndpointSet set =
                    EndpointSet.EMPTY.next(endpoints, new ServiceTraits(policy, Duration.ZERO, PodLabels.KNOWN));
            Topology place = Topology.of(random.nextBoolean() ? "node-0" : null, random.nextBoolean() ? "z0" : null);
            List<Endpoint> left = set.endpoints();
            for (EndpointFilter filter : EndpointFilters.choice(set.traits(), place)) {
                left = filter.apply(left);
            }
            assertThat(EndpointFilters.choose(set, place))
                    .as("%s at %s", set, place)
                    .isEqualTo(left);
            assertThat(EndpointFilters.leavesAny(set, place))
                    .as("%s at %s", set, place)
                    .isEqualTo(!left.isEmpty());
        }
    }

    private static List<Endpoint> chosen(Endpoint... endpoints) {
        return EndpointFilters.conditions().apply(List.of(endpoints));
    }

    private static Endpoint endpoint(int n, Conditions conditions) {
        return Endpoint.builder("10.0.0." + n, 80).conditions(conditions).build();
    }
}
