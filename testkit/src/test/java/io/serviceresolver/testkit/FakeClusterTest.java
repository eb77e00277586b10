package io.serviceresolver.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakeClusterTest {

    private final FakeCluster cluster = FakeCluster.start();
    private final FakeNamespace shield = cluster.namespace("shield");
    private final ApiReader reader = new ApiReader(cluster.apiServer());

    @AfterEach
    void close() {
        cluster.close();
    }

    /** Every slice as {@code name[ports] address/ready/serving/terminating ...}. */
    private List<String> slices() throws Exception {
        List<String> lines = new ArrayList<>();
        for (JsonNode slice : reader.json(ApiReader.SLICES).path("items")) {
            StringBuilder line =
                    new StringBuilder(slice.path("metadata").path("name").asText());
            slice.path("ports")
                    .forEach(port -> line.append(" ")
                            .append(port.path("name").asText())
                            .append("=")
                            .append(port.path("port").asInt()));
            slice.path("endpoints").forEach(endpoint -> {
                JsonNode conditions = endpoint.path("conditions");
                line.append(" ")
                        .append(endpoint.path("addresses").path(0).asText())
                        .append(conditions.path("ready").asBoolean() ? "/ready" : "")
                        .append(conditions.path("serving").asBoolean() ? "/serving" : "")
                        .append(conditions.path("terminating").asBoolean() ? "/terminating" : "");
            });
            lines.add(line.toString());
        }
        return lines;
    }

    private FakePod pod(int number) {
        return shield.pod("skippy-" + number)
                .label("app", "skippy")
                .ip("127.0.0." + number)
                .ready();
    }

    @Test
    void keepsAPlaceholderWhileNoPodMatches() throws Exception {
        shield.service("skippy").port("http", 80, 8080).selector("app", "skippy");
        assertThat(slices()).containsExactly("skippy-slice1");
        pod(2);
        assertThat(slices()).containsExactly("skippy-slice2 http=8080 127.0.0.2/ready/serving");
        shield.pod("skippy-2").delete();
        assertThat(slices()).containsExactly("skippy-slice3");
    }

    @Test
    void tellsWhatBecomesOfAPod() throws Exception {
        shield.service("skippy").port("http", 80, 8080).selector("app", "skippy");
        FakePod pod = pod(2).unready();
        assertThat(slices()).containsExactly("skippy-slice2 http=8080 127.0.0.2");
        pod.ready().terminate();
        assertThat(slices()).containsExactly("skippy-slice2 http=8080 127.0.0.2/serving/terminating");
        shield.service("skippy").publishNotReadyAddresses();
        assertThat(slices()).containsExactly("skippy-slice2 http=8080 127.0.0.2/ready/serving/terminating");
    }

    @Test
    void fillsSlicesAndOpensNewOnes() throws Exception {
        cluster.endpointsPerSlice(2);
        shield.service("skippy").port("http", 80, 8080).selector("app", "skippy");
        for (int i = 2; i <= 4; i++) {
            pod(i);
        }
        assertThat(slices())
                .containsExactly(
                        "skippy-slice2 http=8080 127.0.0.2/ready/serving 127.0.0.3/ready/serving",
                        "skippy-slice3 http=8080 127.0.0.4/ready/serving");
        shield.service("skippy").move(shield.pod("skippy-2"));
        assertThat(slices())
                .containsExactly(
                        "skippy-slice2 http=8080 127.0.0.3/ready/serving",
                        "skippy-slice3 http=8080 127.0.0.4/ready/serving 127.0.0.2/ready/serving");
    }

    @Test
    void resolvesNamedTargetPortsByPod() throws Exception {
        shield.service("skippy").port("http", 80, "web").selector("app", "skippy");
        pod(2).containerPort("web", 8080);
        pod(3).containerPort("web", 9090);
        pod(4);
        assertThat(slices())
                .containsExactlyInAnyOrder(
                        "skippy-slice5 127.0.0.4/ready/serving",
                        "skippy-slice2 http=8080 127.0.0.2/ready/serving",
                        "skippy-slice4 http=9090 127.0.0.3/ready/serving");
    }

    @Test
    void writesSlicesForEachFamily() throws Exception {
        shield.service("skippy").families("IPv6", "IPv4").port("http", 80, 8080).selector("app", "skippy");
        pod(2).ip("127.0.0.2", "fd00::2");
        assertThat(slices())
                .containsExactlyInAnyOrder(
                        "skippy-slice4 http=8080 fd00::2/ready/serving",
                        "skippy-slice3 http=8080 127.0.0.2/ready/serving");
        shield.service("skippy").delete();
        assertThat(slices()).isEmpty();
        assertThat(reader.json("/api/v1/namespaces/shield/pods").path("items")).hasSize(1);
    }
}
