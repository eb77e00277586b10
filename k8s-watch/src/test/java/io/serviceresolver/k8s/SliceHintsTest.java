package io.serviceresolver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointParts;
import io.serviceresolver.endpoint.Hints;
import io.serviceresolver.testkit.SliceJson;
import io.serviceresolver.testkit.VirtualTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class SliceHintsTest {

    private static List<Endpoint> read(String... hints) {
        SliceJson json = WatchLab.skippy("a");
        for (int i = 0; i < hints.length; i++) {
            String each = hints[i];
            json.endpoint("10.0.0." + (i + 1), endpoint -> endpoint.set("hints", Views.yaml(each)));
        }
        Complaints none = new Complaints(LoggerFactory.getLogger(SliceHintsTest.class), new VirtualTime()::nanoTime);
        Slice slice = new SliceReader(Views.SKIPPY, none, new EndpointParts())
                .read(json.json())
                .orElseThrow();
        return slice.at(slice.ports().get(0));
    }

    @Test
    void areOfZonesAndNodes() {
        assertThat(read(
                        "{forZones: [{name: zone-a}, {name: zone-b}]}",
                        "{forZones: [{name: zone-a}], forNodes: [{name: node-1}]}",
                        "{}"))
                .extracting(Endpoint::hints)
                .containsExactly(
                        Hints.forZones("zone-a", "zone-b"), new Hints(Set.of("node-1"), Set.of("zone-a")), Hints.NONE);
    }

    @Test
    void areOneObjectWhereTheyAreTheSame() {
        List<Endpoint> endpoints =
                read("{forZones: [{name: a}, {name: b}]}", "{forZones: [{name: b}, {name: a}]}", "{}");
        assertThat(endpoints.get(0).hints()).isSameAs(endpoints.get(1).hints());
        assertThat(endpoints.get(2).hints()).isSameAs(Hints.NONE);
    }

    @Test
    void areNoMoreThanTheApiTakes() {
        String zones = "{name: z1}, {name: z2}, {name: z3}, {name: z4}, {name: z5}, {name: z6}, {name: z7}, {name: z8}";
        assertThat(read("{forZones: [" + zones + ", {name: z9}]}")
                        .get(0)
                        .hints()
                        .zones())
                .hasSize(8)
                .doesNotContain("z9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "7",
                "[]",
                "{forZones: null, forNodes: 7}",
                "{forZones: [null, 7, {}, {name: null}, {name: ''}], forNodes: {}}"
            })
    void areNoneWhereTheyAreMalformed(String hints) {
        assertThat(read(hints).get(0).hints()).isSameAs(Hints.NONE);
    }
}
