package io.serviceresolver.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.serviceresolver.selector.LabelSelector;
import io.serviceresolver.selector.SelectorIndex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The Pods that our selectors give a Service, and what we take from them, are what the EndpointSlice controller writes.
 */
@RealApiServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SelectorAgainstControllerTest {

    private static final long SEED = Long.getLong("service-resolver.test.seed", 20_261_121);
    private static final int PODS = 280;
    private static final int SERVICES = 300;
    private static final int SHOWN = 5;

    private final RealNamespace cluster = RealNamespace.create();
    private final SliceWatch watch = new SliceWatch(cluster);
    private final ControllerBarrier barrier = new ControllerBarrier(cluster, watch);
    private final RandomObjects random = new RandomObjects(SEED, cluster);

    /** Selectors by the name of the Service, labels by the UID of the Pod; told what changed, not made anew. */
    private final SelectorIndex<String, String> index = new SelectorIndex<>();

    private final Set<String> known = new HashSet<>();

    @BeforeAll
    void makePodsThenServices() {
        List<Pod> pods = IntStream.range(0, PODS).mapToObj(random::pod).toList();
        List<Service> services =
                IntStream.range(0, SERVICES).mapToObj(random::service).toList();
        cluster.forEach(pods, cluster::add);
        cluster.forEach(names("pod-", PODS, PODS / 8), cluster::terminate);
        // Last, so that the controller, which writes slowly, writes each slice once.
        cluster.forEach(services, cluster::add);
    }

    @AfterAll
    void removeAll() {
        watch.close();
        cluster.close();
    }

    @Test
    void everyServiceHasTheEndpointsThatTheControllerWrites() throws InterruptedException {
        compare("at first");
    }

    @Test
    void changesOfLabelsSelectorsAndPodsChangeTheSameEndpoints() throws InterruptedException {
        compare("before the changes");
        List<String> pods = names("pod-", PODS, 4);
        List<String> services = names("service-", SERVICES, 20);
        Map<String, Map<String, String>> labels = new TreeMap<>();
        pods.subList(0, 2).forEach(pod -> labels.put(pod, random.labels()));
        Map<String, Map<String, String>> selectors = new TreeMap<>();
        services.forEach(service -> selectors.put(service, random.selector()));
        cluster.forEach(labels.entrySet(), pod -> cluster.setLabels(pod.getKey(), pod.getValue()));
        cluster.forEach(pods.subList(2, 3), cluster::terminate);
        cluster.forEach(pods.subList(3, 4), cluster::remove);
        cluster.forEach(selectors.entrySet(), service -> cluster.setSelector(service.getKey(), service.getValue()));
        compare("after the changes");
    }

    /** So many different names. */
    private List<String> names(String prefix, int bound, int count) {
        return IntStream.generate(() -> random.below(bound))
                .distinct()
                .limit(count)
                .mapToObj(number -> prefix + number)
                .toList();
    }

    private void compare(String when) throws InterruptedException {
        Map<String, List<WrittenEndpoint>> ours = ours();
        barrier.pass();
        watch.await(slices -> differences(ours, slices).isEmpty());
        Map<String, List<String>> differences = differences(ours, watch.slices());
        assertThat(differences.entrySet().stream().limit(SHOWN))
                .as(
                        "%s, seed %d: endpoints that only the controller (+) or only we (-) have, in the first of %d Services",
                        when, SEED, differences.size())
                .isEmpty();
        System.out.printf(
                "%s, seed %d, %s: the controller's and ours agree on %d endpoints of %d Pods in %d Services%n",
                getClass().getSimpleName(),
                SEED,
                when,
                ours.values().stream().mapToInt(List::size).sum(),
                known.size(),
                ours.size());
    }

    /** The endpoints of every Service, of what the API server has now. */
    private Map<String, List<WrittenEndpoint>> ours() {
        Map<String, Pod> pods = new HashMap<>();
        cluster.pods().forEach(pod -> pods.put(pod.getMetadata().getUid(), pod));
        known.stream().filter(uid -> !pods.containsKey(uid)).forEach(index::removeObject);
        known.clear();
        known.addAll(pods.keySet());
        pods.forEach((uid, pod) -> index.putObject(uid, pod.getMetadata().getLabels()));
        Map<String, List<WrittenEndpoint>> ours = new TreeMap<>();
        for (Service service : cluster.services()) {
            String name = service.getMetadata().getName();
            index.putSelector(
                    name, LabelSelector.ofServiceSelector(service.getSpec().getSelector()));
            List<Pod> selected = index.objectsOf(name).stream().map(pods::get).toList();
            ours.put(name, ControllerRules.endpoints(service, selected));
        }
        return ours;
    }

    /** What is not the same, by Service: endpoints only the controller has ("+"), and only we have ("-"). */
    private static Map<String, List<String>> differences(
            Map<String, List<WrittenEndpoint>> ours, Map<String, List<EndpointSlice>> slices) {
        Map<String, List<String>> differences = new TreeMap<>();
        ours.forEach((service, expected) -> {
            List<WrittenEndpoint> written = WrittenEndpoint.of(slices.getOrDefault(service, List.of()));
            if (!written.equals(expected)) {
                List<String> lines = new ArrayList<>();
                minus(written, expected).forEach(endpoint -> lines.add("+ " + endpoint));
                minus(expected, written).forEach(endpoint -> lines.add("- " + endpoint));
                differences.put(service, lines);
            }
        });
        return differences;
    }

    private static List<WrittenEndpoint> minus(List<WrittenEndpoint> from, List<WrittenEndpoint> those) {
        List<WrittenEndpoint> rest = new ArrayList<>(from);
        those.forEach(rest::remove);
        return rest;
    }
}
