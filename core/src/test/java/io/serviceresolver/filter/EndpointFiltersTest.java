package io.serviceresolver.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.selector.LabelSelector;
import java.util.List;
import java.util.Map;
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

    private static List<Endpoint> chosen(Endpoint... endpoints) {
        return EndpointFilters.conditions().apply(List.of(endpoints));
    }

    private static Endpoint endpoint(int n, Conditions conditions) {
        return Endpoint.builder("10.0.0." + n, 80).conditions(conditions).build();
    }
}
