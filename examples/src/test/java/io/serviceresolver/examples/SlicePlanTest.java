package io.serviceresolver.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlicePlanTest {

    private static final int MAX = 4;

    private static final Service SKIPPY = new ServiceBuilder()
            .withNewMetadata()
            .withName("skippy")
            .withNamespace("shield")
            .endMetadata()
            .withNewSpec()
            .addNewPort()
            .withName("http")
            .withPort(80)
            .withTargetPort(new IntOrString("http"))
            .endPort()
            .endSpec()
            .build();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyPodIsInOneSliceAndStaysThereWhateverComesAndGoes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Integer> ports = new TreeMap<>();
        List<EndpointSlice> slices = List.of();
        for (int step = 0; step < 150; step++) {
            Map<String, String> before = sliceOfEachPod(slices);
            change(ports, random);
            List<PodEndpoint> pods = ports.entrySet().stream()
                    .flatMap(pod -> PodEndpoint.of(SKIPPY, pod(pod.getKey(), pod.getValue())).stream())
                    .toList();
            slices = SlicePlan.of(SKIPPY, pods, slices, MAX);
            Map<String, String> now = sliceOfEachPod(slices);
            String where = "seed " + seed + ", step " + step;
            assertThat(now.keySet()).as(where).isEqualTo(ports.keySet());
            assertThat(slices).as(where).allSatisfy(slice -> assertSound(slice, ports));
            before.keySet().retainAll(now.keySet());
            now.keySet().retainAll(before.keySet());
            assertThat(now).as(where).isEqualTo(before);
            assertThat(slices).as(where).hasSizeLessThan(20).isNotEmpty();
        }
    }

    private static void change(Map<String, Integer> ports, SplittableRandom random) {
        String pod = "pod-" + random.nextInt(30);
        if (ports.remove(pod) == null) {
            // A Pod keeps its port for as long as it is there.
            ports.put(pod, 8080 + Math.floorMod(pod.hashCode(), 2));
        }
    }

    private static void assertSound(EndpointSlice slice, Map<String, Integer> ports) {
        assertThat(slice.getEndpoints()).hasSizeLessThanOrEqualTo(MAX);
        slice.getEndpoints()
                .forEach(endpoint -> assertThat(slice.getPorts())
                        .singleElement()
                        .satisfies(port -> assertThat(port.getPort())
                                .isEqualTo(ports.get(endpoint.getTargetRef().getName()))));
    }

    /** Fails if a Pod is in two slices, or two slices have one name. */
    private static Map<String, String> sliceOfEachPod(List<EndpointSlice> slices) {
        assertThat(slices.stream().map(slice -> slice.getMetadata().getName()).collect(Collectors.toSet()))
                .hasSameSizeAs(slices);
        return slices.stream()
                .flatMap(slice -> slice.getEndpoints().stream()
                        .map(endpoint -> Map.entry(
                                endpoint.getTargetRef().getName(),
                                slice.getMetadata().getName())))
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        Map.Entry::getValue,
                        (one, other) -> {
                            throw new AssertionError("a Pod in " + one + " and in " + other);
                        },
                        HashMap::new));
    }

    private static Pod pod(String name, int port) {
        Pod pending = new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withUid("uid-" + name)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .addNewPort()
                .withName("http")
                .withContainerPort(port)
                .endPort()
                .endContainer()
                .endSpec()
                .build();
        return PodObjects.ready(pending, "10.0.0.1");
    }
}
