package io.serviceresolver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.IpFamily;
import java.util.List;
import org.junit.jupiter.api.Test;

class SliceTest {

    private final SlicePort web = new SlicePort("web", 80, "http");
    private final SlicePort grpc = new SlicePort("grpc", 81, "grpc");
    private final Endpoint pod = Endpoint.builder("10.0.0.1", 80)
            .uid("u1")
            .podName("skippy-1")
            .appProtocol("http")
            .build();
    private final Slice slice = new Slice("a", IpFamily.IPV4, List.of(web, grpc), List.of(pod));

    @Test
    void hasItsEndpointsAtEachPortWithItsProtocol() {
        assertThat(slice.at(web).get(0)).isSameAs(pod);
        assertThat(slice.at(grpc))
                .containsExactly(pod.toBuilder().port(81).appProtocol("grpc").build());
    }

    @Test
    void givesTheSameObjectsEachTime() {
        assertThat(slice.at(grpc).get(0)).isSameAs(slice.at(grpc).get(0));
    }

    @Test
    void tellsPodsApartWhicheverPortIsMeant() {
        assertThat(Slice.key(slice.at(grpc).get(0))).isEqualTo(Slice.key(pod));
        assertThat(Slice.key(pod.toBuilder().uid("u2").build())).isNotEqualTo(Slice.key(pod));
    }
}
