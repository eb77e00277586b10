package io.serviceresolver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.selector.LabelSelector;
import io.serviceresolver.testkit.VirtualTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What is kept of a Pod, however it is written. */
class PodReaderTest {

    private static final String SKIPPY = """
            {"kind": "Pod",
             "metadata": {"name": "skippy-1", "namespace": "shield", "uid": "u1", "resourceVersion": "7",
                          "labels": {"app": "skippy", "ver": "v1"}, "annotations": {"a": "b"}},
             "spec": {"nodeName": "node-1", "hostname": "skippy-0",
                      "initContainers": [{"name": "once", "ports": [{"name": "setup", "containerPort": 1}]},
                                         {"name": "mesh", "restartPolicy": "Always",
                                          "ports": [{"name": "mesh", "containerPort": 15001}]}],
                      "containers": [{"name": "main", "env": [{"name": "SECRET", "value": "x"}],
                                      "ports": [{"name": "http", "containerPort": 8080},
                                                {"name": "dns", "containerPort": 53, "protocol": "UDP"},
                                                {"containerPort": 9}, {"name": "bad", "containerPort": 70000}]}]},
             "status": {"phase": "Running", "podIP": "10.0.0.1", "podIPs": [{"ip": "10.0.0.1"}, {"ip": "fd00::1"}],
                        "conditions": [{"type": "Ready", "status": "True"}]}}""";

    private final VirtualTime time = new VirtualTime();
    private final Complaints complaints = new Complaints(LoggerFactory.getLogger(PodReaderTest.class), time::nanoTime);
    private final PodReader reader = reader(LabelSelector.everything());

    private PodReader reader(LabelSelector selector) {
        return new PodReader("shield", selector, complaints, new Interner(), time::nanoTime);
    }

    private static JsonNode json(String text) {
        try {
            return Json.tree(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Optional<Pod> read(String from, String to) {
        assertThat(SKIPPY).contains(from);
        return reader.read(json(SKIPPY.replace(from, to)));
    }

    @Test
    void keepsWhatAnEndpointNeeds() {
        time.advance(Duration.ofSeconds(3));
        Pod pod = reader.read(json(SKIPPY)).orElseThrow();
        assertThat(pod)
                .isEqualTo(new Pod(
                        "skippy-1",
                        "u1",
                        new Revision("7", 0),
                        Map.of("app", "skippy", "ver", "v1"),
                        List.of("10.0.0.1", "fd00::1"),
                        "node-1",
                        "skippy-0",
                        Conditions.READY,
                        List.of(new ContainerPort("http", 8080), new ContainerPort("mesh", 15001))));
        assertThat(pod.revision().learntNanos()).isEqualTo(3_000_000_000L);
    }

    @ParameterizedTest
    @CsvSource({"Succeeded", "Failed"})
    void leavesOutWhatHasEnded(String phase) {
        assertThat(read("Running", phase)).isEmpty();
    }

    @Test
    void leavesOutWhatHasNoAddressOrDoesNotMatch() {
        assertThat(read("\"status\"", "\"other\"")).isEmpty();
        assertThat(read("10.0.0.1", "010.0.0.1").orElseThrow().addresses()).containsExactly("fd00::1");
        assertThat(read("\"podIPs\"", "\"other\"").orElseThrow().addresses()).containsExactly("10.0.0.1");
        assertThat(reader(LabelSelector.parse("ver=v2")).read(json(SKIPPY))).isEmpty();
        assertThat(reader(LabelSelector.parse("ver=v1")).read(json(SKIPPY))).isPresent();
    }

    @Test
    void derivesTheConditionsAsTheControllerDoes() {
        String terminating = "\"uid\": \"u1\", \"deletionTimestamp\": \"2026-01-01T00:00:00Z\"";
        assertThat(read("\"True\"", "\"False\"").orElseThrow().conditions()).isEqualTo(Conditions.NOT_READY);
        assertThat(read("\"True\"", "\"Unknown\"").orElseThrow().conditions()).isEqualTo(Conditions.NOT_READY);
        assertThat(read("\"Ready\"", "\"PodScheduled\"").orElseThrow().conditions())
                .isEqualTo(Conditions.NOT_READY);
        assertThat(read("\"uid\": \"u1\"", terminating).orElseThrow().conditions())
                .isEqualTo(Conditions.DRAINING);
    }

    @Test
    void concernsPodsOfItsNamespaceOnly() {
        assertThat(reader.concerns(json(SKIPPY))).isTrue();
        assertThat(reader.concerns(json(SKIPPY.replace("\"Pod\"", "\"Node\"")))).isFalse();
        assertThat(reader.concerns(json(SKIPPY.replace("shield", "other")))).isFalse();
        assertThat(reader.concerns(json("{}"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "7", "\"x\"", "{}", "[{}]", "[null]", "{\"ports\": 7}", "true"})
    void survivesWhateverStandsInPlaceOfAField(String value) {
        for (String field : List.of("metadata", "spec", "status", "labels", "containers", "podIPs", "conditions")) {
            String text = SKIPPY.replaceFirst("\"" + field + "\": ", "\"" + field + "\": " + value + ", \"x\": ");
            assertThat(json(text).isObject()).isTrue();
            reader.read(json(text));
        }
    }

    @Test
    void survivesPodsWithPartsMissing() {
        long seed = 7;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            char[] text = SKIPPY.toCharArray();
            int at = random.nextInt(text.length);
            text[at] = "{}[]\",:0x ".charAt(random.nextInt(10));
            try {
                reader.read(Json.tree(new String(text).getBytes(StandardCharsets.UTF_8)));
            } catch (IOException e) {
                // No JSON at all, which is not for the reader to judge.
            }
        }
    }

    @Test
    void sharesWhatPodsHaveInCommon() {
        Pod one = reader.read(json(SKIPPY)).orElseThrow();
        Pod other = reader.read(json(SKIPPY.replace("skippy-1", "skippy-2"))).orElseThrow();
        assertThat(other.labels()).isSameAs(one.labels());
        assertThat(other.ports()).isSameAs(one.ports());
        assertThat(other.nodeName()).isSameAs(one.nodeName());
        assertThat(other.conditions()).isSameAs(one.conditions());
        Pod third = reader.read(json(SKIPPY.replace("v1", "v2"))).orElseThrow();
        String key =
                one.labels().keySet().stream().filter("app"::equals).findFirst().orElseThrow();
        assertThat(third.labels().keySet()).anySatisfy(same -> assertThat(same).isSameAs(key));
    }
}
