package io.serviceresolver.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.Hints;
import io.serviceresolver.endpoint.InternalTrafficPolicy;
import io.serviceresolver.endpoint.Topology;
import io.serviceresolver.selector.LabelSelector;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What filters say to a person. */
class FilterReasonsTest {

    private static final Endpoint POD = Endpoint.builder("10.0.0.1", 80)
            .nodeName("n2")
            .zone("zb")
            .labels(Map.of("ver", "v1", "app", "skippy"))
            .hints(new Hints(Set.of("n2"), Set.of("zc", "zb")))
            .build();
    private static final Topology HERE = Topology.of("n1", "za");

    @Test
    void aSubsetNamesTheLabelsItAskedFor() {
        assertThat(EndpointFilters.subset(LabelSelector.parse("ver=v2,!old")).reason(POD))
                .isEqualTo("labels: {ver=v1} (expected: !old,ver=v2)");
    }

    @Test
    void aTrafficPolicyNamesBothNodes() {
        EndpointFilter local = EndpointFilters.trafficPolicy(InternalTrafficPolicy.LOCAL, HERE);
        assertThat(local.reason(POD)).isEqualTo("internalTrafficPolicy is Local: on node n2, ours is n1");
        assertThat(local.reason(Endpoint.of("10.0.0.1", 80)))
                .isEqualTo("internalTrafficPolicy is Local: on no known node, ours is n1");
        assertThat(local.note(List.of(POD)))
                .isEqualTo("internalTrafficPolicy is Local, and none of 1 endpoints is on our node n1");
        assertThat(local.note(List.of())).isEmpty();
    }

    @Test
    void aTrafficPolicySaysWhatToSetWhereOurNodeIsNotKnown() {
        EndpointFilter local = EndpointFilters.trafficPolicy(InternalTrafficPolicy.LOCAL, Topology.UNKNOWN);
        assertThat(local.reason(POD))
                .isEqualTo(local.note(List.of(POD)))
                .isEqualTo("internalTrafficPolicy is Local, and our node is not known"
                        + " (set the variable SERVICE_RESOLVER_NODE_NAME by fieldRef spec.nodeName)");
    }

    @Test
    void conditionsSayWhichOneIsMissing() {
        EndpointFilter conditions = EndpointFilters.conditions();
        assertThat(conditions.reason(with(Conditions.NOT_READY))).isEqualTo("not ready");
        assertThat(conditions.reason(with(Conditions.GONE))).isEqualTo("terminating, and serving no more");
        assertThat(conditions.reason(with(Conditions.DRAINING))).isEqualTo("terminating, and others are ready");
    }

    @Test
    void hintsNameWhomAnEndpointIsMeantFor() {
        assertThat(hints(HERE).reason(POD)).isEqualTo("meant for node n2 and zone zb or zc; ours is node n1, zone za");
        assertThat(hints(Topology.of(null, "za"))
                        .reason(POD.toBuilder().hints(Hints.forZones("zb")).build()))
                .isEqualTo("meant for zone zb; ours is node not known, zone za");
    }

    @Test
    void hintsSayWhyTheyDoNotCount() {
        Endpoint bare = POD.toBuilder().hints(Hints.NONE).build();
        assertThat(hints(HERE).note(List.of(bare))).isEmpty();
        assertThat(hints(HERE).note(List.of(POD, bare)))
                .isEqualTo("hints do not count: 1 of 2 endpoints have none for a zone");
        assertThat(hints(HERE).note(List.of(POD))).isEqualTo("hints do not count: none is for our zone za");
        assertThat(hints(Topology.UNKNOWN).note(List.of(POD)))
                .isEqualTo("hints do not count: our zone is not known (set the variable SERVICE_RESOLVER_ZONE)");
        assertThat(hints(HERE).note(List.of(with(Conditions.DRAINING))))
                .isEqualTo("hints do not count: no endpoint is ready");
        assertThat(EndpointFilters.hints(InternalTrafficPolicy.LOCAL, HERE).note(List.of(POD)))
                .isEqualTo("hints do not count: internalTrafficPolicy is Local");
        assertThat(hints(Topology.of(null, "zb")).note(List.of(POD))).isEmpty();
        assertThat(hints(Topology.of("n2", null)).note(List.of(POD))).isEmpty();
    }

    @Test
    void whatOthersWroteIsEscaped() {
        Endpoint hostile = POD.toBuilder()
                .nodeName("n\n2")
                .labels(Map.of("ver", "\u001b[31m"))
                .hints(Hints.forZones("z\r"))
                .build();
        assertThat(EndpointFilters.trafficPolicy(InternalTrafficPolicy.LOCAL, HERE)
                        .reason(hostile))
                .contains("node n\\u000a2,");
        assertThat(EndpointFilters.subset(LabelSelector.parse("ver=v2")).reason(hostile))
                .contains("{ver=\\u001b[31m}");
        assertThat(hints(HERE).reason(hostile)).contains("zone z\\u000d;");
    }

    private static EndpointFilter hints(Topology place) {
        return EndpointFilters.hints(InternalTrafficPolicy.CLUSTER, place);
    }

    private static Endpoint with(Conditions conditions) {
        return POD.toBuilder().conditions(conditions).build();
    }
}
