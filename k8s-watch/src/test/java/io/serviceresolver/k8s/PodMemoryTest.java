package io.serviceresolver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.selector.LabelSelector;
import io.serviceresolver.testkit.Heap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** How much memory Pods take that were read. */
class PodMemoryTest {

    private static final int PODS = 5_000;

    private static byte[] pod(int number) {
        return """
                {"kind": "Pod", "metadata": {"name": "skippy-6d4cf56db6-%1$05d", "namespace": "shield",
                  "uid": "00000000-0000-4000-8000-0000000%1$05d", "resourceVersion": "%1$d",
                  "labels": {"app": "skippy", "ver": "v1", "pod-template-hash": "6d4cf56db6"},
                  "annotations": {"large": "%2$s"}},
                 "spec": {"nodeName": "node-%3$d", "containers": [{"name": "main", "image": "%2$s",
                   "ports": [{"name": "http", "containerPort": 8080}]}]},
                 "status": {"podIPs": [{"ip": "10.1.%4$d.%5$d"}], "message": "%2$s",
                   "conditions": [{"type": "Ready", "status": "True"}]}}""".formatted(number, "x".repeat(2000), number % 50, number / 250, number % 250)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static List<Pod> pods() throws IOException {
        PodReader reader = new PodReader(
                "shield",
                LabelSelector.everything(),
                new Complaints(LoggerFactory.getLogger(PodMemoryTest.class), () -> 0),
                new Interner(),
                () -> 0);
        List<Pod> pods = new ArrayList<>(PODS);
        for (int i = 0; i < PODS; i++) {
            pods.add(reader.read(Json.tree(pod(i))).orElseThrow());
        }
        return pods;
    }

    @Test
    void keepsAFewHundredBytesOfEachPod() throws Exception {
        long each = Heap.heldBy(PodMemoryTest::pods) / PODS;
        // The text of each is more than 6,000 bytes; what is kept of it: its name, UID, version and address.
        assertThat(each).as("bytes for each Pod").isBetween(100L, 800L);
    }
}
