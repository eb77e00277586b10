package io.serviceresolver.apiserver;

import static io.serviceresolver.apiserver.RealPods.address;
import static io.serviceresolver.apiserver.RealPods.pod;
import static io.serviceresolver.apiserver.RealPods.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodIP;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.source.SourceAnswer;
import io.serviceresolver.source.SourceAnswer.Found;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What our source says while real controllers write the slices of real Pods and Services. */
@RealApiServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndpointSliceSourceRealTest {

    /** More than a slice takes. */
    private static final int MANY = 105;

    private static final int ROUNDS = 8;

    private final RealNamespace cluster = RealNamespace.create();
    private final RealSource source = new RealSource(RealNamespace.kubeconfig(), cluster);

    @AfterAll
    void removeAll() {
        source.close();
        cluster.close();
    }

    @Test
    void followsPodsFromTheFirstToTheLast() throws InterruptedException {
        RealFollower web = source.follow("web");
        web.until("absent");
        cluster.add(service("web").build());
        web.until("found");
        Pod one = pod(cluster, "web", "web-1").build();
        Pod two = pod(cluster, "web", "web-2").build();
        String first = address(one) + ":8080";
        String second = address(two) + ":8080";
        cluster.add(one);
        web.until("found " + first);
        cluster.addPending(two);
        cluster.setStatus("web-2", two.getStatus());
        web.until("found " + first + ", " + second);
        cluster.setReady("web-1", "False");
        web.until("found " + first + " not ready, " + second);
        cluster.setReady("web-1", "True");
        web.until("found " + first + ", " + second);
        cluster.terminate("web-1");
        web.until("found " + first + " draining, " + second);
        cluster.setReady("web-1", "False");
        web.until("found " + first + " gone, " + second);
        cluster.remove("web-1");
        web.until("found " + second);
        cluster.setLabels("web-2", Map.of("app", "another"));
        web.until("found");
        cluster.setLabels("web-2", Map.of("app", "web"));
        web.until("found " + second);
        cluster.deleteService("web");
        web.until("absent");
    }

    @Test
    void tellsWhatIsKnownOfAPod() throws InterruptedException {
        cluster.add(service("known")
                .editSpec()
                .editFirstPort()
                .withAppProtocol("kubernetes.io/h2c")
                .endPort()
                .endSpec()
                .build());
        Pod pod = pod(cluster, "known", "known-1").build();
        cluster.add(pod);
        RealFollower known = source.follow("known:http");
        known.until("found " + address(pod) + ":8080");
        String node = cluster.nodes().get(0);
        assertThat(known.endpoint(address(pod)))
                .isEqualTo(Endpoint.builder(address(pod), 8080)
                        .uid(cluster.uid("known-1"))
                        .podName("known-1")
                        .nodeName(node)
                        .zone(RealNamespace.zone(node))
                        .appProtocol("kubernetes.io/h2c")
                        .labels(Map.of(
                                "topology.kubernetes.io/zone",
                                RealNamespace.zone(node),
                                "kubernetes.io/hostname",
                                node))
                        .build());
    }

    @Test
    void takesANamedTargetPortAsEachPodHasIt() throws InterruptedException {
        cluster.add(service("named")
                .editSpec()
                .addNewPort()
                .withName("admin")
                .withPort(81)
                .withNewTargetPort(9000)
                .endPort()
                .endSpec()
                .build());
        Pod old = pod(cluster, "named", "named-1", 8080).build();
        Pod young = pod(cluster, "named", "named-2", 8081).build();
        Pod without = pod(cluster, "named", "named-3")
                .editSpec()
                .editFirstContainer()
                .withPorts()
                .endContainer()
                .endSpec()
                .build();
        cluster.forEach(List.of(old, young, without), cluster::add);
        String expected = "found " + address(old) + ":8080, " + address(young) + ":8081";
        source.follow("named:http").until(expected);
        // What the Service numbers stands in the Service alone.
        source.follow("named:80").until(expected);
        source.follow("named:admin").until(all(9000, List.of(old, young, without)));
        source.follow("named:81").until(all(9000, List.of(old, young, without)));
        source.follow("named:82").untilRefused("port: 82 (expected: one of the Service's ports: ");
        source.follow("named").untilRefused("(expected: one named, as in named:");
    }

    @Test
    void knowsPodsOfAHeadlessServiceByTheirHostNames() throws InterruptedException {
        cluster.add(service("headless")
                .editSpec()
                .withClusterIP("None")
                .withPublishNotReadyAddresses(true)
                .endSpec()
                .build());
        Pod pod = pod(cluster, "headless", "headless-0")
                .editSpec()
                .withHostname("zeroth")
                .withSubdomain("headless")
                .endSpec()
                .build();
        cluster.add(pod);
        RealFollower headless = source.follow("headless");
        headless.until("found " + address(pod) + ":8080");
        assertThat(headless.endpoint(address(pod)).hostname()).contains("zeroth");
        cluster.setReady("headless-0", "False");
        headless.until("found " + address(pod) + ":8080 Conditions[ready=true, serving=false, terminating=false]");
    }

    @Test
    void takesAPodOfTwoFamiliesForOneEndpoint() throws InterruptedException {
        assumeTrue(cluster.takesDualStack());
        cluster.add(service("dual")
                .editSpec()
                .withIpFamilyPolicy("PreferDualStack")
                .withIpFamilies("IPv6", "IPv4")
                .endSpec()
                .build());
        Pod pod = pod(cluster, "dual", "dual-1").build();
        String ipv6 = RealNamespace.ipv6(address(pod));
        pod.getStatus().getPodIPs().add(new PodIP(ipv6));
        cluster.add(pod);
        source.follow("dual").until("found [" + ipv6 + "]:8080");
        source.follow("dual:80").until("found [" + ipv6 + "]:8080");
    }

    @Test
    void losesNoPodThatStaysWhileSlicesAreFilledRegroupedAndEmptied() throws InterruptedException {
        cluster.add(service("many").build());
        List<Pod> pods = IntStream.range(0, MANY)
                .mapToObj(i -> pod(cluster, "many", "many-" + i).build())
                .toList();
        List<Pod> staying = pods.subList(0, 20);
        List<Pod> passing = pods.subList(20, MANY);
        RealFollower many = source.follow("many");
        cluster.forEach(staying, cluster::add);
        int some = many.until(all(8080, staying)).size();
        cluster.forEach(passing, cluster::add);
        int full = many.until(all(8080, pods)).size();
        assertThat(cluster.slicesOf("many"))
                .as("slices of 100 endpoints at most")
                .hasSizeGreaterThan(1);
        int regrouped = full;
        for (int round = 0; round < ROUNDS; round++) {
            // The controller deals all Pods out anew among other slices.
            String protocol = "example.com/" + round;
            cluster.replace(service("many")
                    .editSpec()
                    .editFirstPort()
                    .withAppProtocol(protocol)
                    .endPort()
                    .endSpec()
                    .build());
            regrouped = many.until("all with " + protocol, answer -> haveAll(answer, protocol))
                    .size();
        }
        cluster.forEach(passing, pod -> cluster.remove(pod.getMetadata().getName()));
        List<Found> sets = many.until(all(8080, staying));
        assertReadyInEach(sets.subList(some, sets.size()), staying);
        assertReadyInEach(sets.subList(full, regrouped), passing);
        System.out.printf(
                "%s: %d Pods came, were regrouped and went in %d sets (%d of them while regrouped), and those that"
                        + " stayed were in each%n",
                getClass().getSimpleName(), passing.size(), sets.size() - some, regrouped - full);
    }

    private static boolean haveAll(SourceAnswer answer, String protocol) {
        return answer instanceof Found found
                && found.endpoints().size() == MANY
                && found.endpoints().endpoints().stream()
                        .allMatch(endpoint -> endpoint.appProtocol().equals(Optional.of(protocol)));
    }

    private static void assertReadyInEach(List<Found> sets, List<Pod> pods) {
        List<String> addresses = pods.stream().map(RealPods::address).toList();
        for (Found set : sets) {
            assertThat(set.endpoints().endpoints())
                    .filteredOn(endpoint -> endpoint.conditions().ready())
                    .extracting(Endpoint::address)
                    .containsAll(addresses);
        }
    }

    /** What a follower says of these Pods, ready, at this port. */
    private static String all(int port, List<Pod> pods) {
        return pods.stream()
                .map(pod -> address(pod) + ":" + port)
                .sorted()
                .collect(Collectors.joining(", ", "found ", ""));
    }
}
