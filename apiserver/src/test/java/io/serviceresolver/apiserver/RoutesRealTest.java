package io.serviceresolver.apiserver;

import static io.serviceresolver.apiserver.RealPods.address;
import static io.serviceresolver.apiserver.RealPods.pod;
import static io.serviceresolver.apiserver.RealPods.service;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.serviceresolver.k8s.Route;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Services of each type by each route, with Nodes and load balancers as their controllers would write them. */
@RealApiServer
class RoutesRealTest {

    private final RealNamespace cluster = RealNamespace.create();

    /** No API server has to choose one; most have this range. */
    private final int port = 30_000 + new Random().nextInt(2_700);

    @BeforeEach
    void giveNodesAddresses() {
        for (int i = 0; i < cluster.nodes().size(); i++) {
            String node = cluster.nodes().get(i);
            cluster.setNodeStatus(node, i == 2 ? "False" : "True", "192.0.2." + (i + 1));
        }
    }

    @AfterEach
    void removeAll() {
        cluster.close();
    }

    private RealSource source(Route route) {
        return new RealSource(RealNamespace.kubeconfig(), cluster, route);
    }

    /** A Service of a type with node ports. */
    private ServiceBuilder withNodePort(String type) {
        return service("web")
                .editSpec()
                .withType(type)
                .editFirstPort()
                .withNodePort(port)
                .endPort()
                .endSpec();
    }

    @Test
    void callsTheNodePortAtNodesThatAreReady() throws InterruptedException {
        cluster.add(withNodePort("NodePort").build());
        try (RealSource source = source(Route.NODE_PORT)) {
            RealFollower web = source.follow("web");
            web.until("found 192.0.2.1:" + port + ", 192.0.2.2:" + port);
            cluster.setNodeStatus(cluster.nodes().get(2), "True", "192.0.2.3");
            cluster.setNodeStatus(cluster.nodes().get(0), "False", "192.0.2.1");
            web.until("found 192.0.2.2:" + port + ", 192.0.2.3:" + port);
            cluster.deleteService("web");
            web.until("absent");
        }
    }

    @Test
    void callsOnlyNodesWithAReadyPodWhereTheExternalPolicyIsLocal() throws InterruptedException {
        cluster.add(withNodePort("NodePort")
                .editSpec()
                .withExternalTrafficPolicy("Local")
                .endSpec()
                .build());
        Pod one = pod(cluster, "web", "web-1").build();
        cluster.add(one);
        try (RealSource source = source(Route.NODE_PORT)) {
            RealFollower web = source.follow("web");
            web.until("found 192.0.2.1:" + port);
            Pod two = pod(cluster, "web", "web-2")
                    .editSpec()
                    .withNodeName(cluster.nodes().get(1))
                    .endSpec()
                    .build();
            cluster.add(two);
            web.until("found 192.0.2.1:" + port + ", 192.0.2.2:" + port);
            cluster.setReady("web-1", "False");
            web.until("found 192.0.2.2:" + port);
        }
    }

    @Test
    void callsTheLoadBalancerAsItsStatusChanges() throws InterruptedException {
        cluster.add(withNodePort("LoadBalancer").build());
        try (RealSource source = source(Route.LOAD_BALANCER);
                RealSource outside = source(Route.AUTO)) {
            RealFollower any = outside.follow("web");
            any.until("found 192.0.2.1:" + port + ", 192.0.2.2:" + port);
            cluster.setLoadBalancer("web", List.of("198.51.100.1"));
            RealFollower web = source.follow("web");
            web.until("found 198.51.100.1:80");
            any.until("found 198.51.100.1:80");
            cluster.setLoadBalancer("web", List.of("198.51.100.2", "198.51.100.3"));
            web.until("found 198.51.100.2:80, 198.51.100.3:80");
        }
    }

    @Test
    void callsTheClusterIpAndRefusesThatOfAHeadlessService() throws InterruptedException {
        cluster.add(service("web").build());
        String ip = cluster.service("web").getSpec().getClusterIP();
        cluster.add(
                service("headless").editSpec().withClusterIP("None").endSpec().build());
        try (RealSource source = source(Route.CLUSTER_IP)) {
            source.follow("web").until("found " + ip + ":80");
            source.follow("headless").untilRefused("clusterIP: None");
            source.follow("nobody").until("absent");
        }
    }

    @Test
    void callsPodsOfAnyTypeByTheirOwnAddresses() throws InterruptedException {
        cluster.add(withNodePort("LoadBalancer").build());
        Pod pod = pod(cluster, "web", "web-1").build();
        cluster.add(pod);
        try (RealSource source = source(Route.POD)) {
            source.follow("web:80").until("found " + address(pod) + ":8080");
        }
    }

    @Test
    void takesAnExternalNameForANameToLookUp() throws InterruptedException {
        cluster.add(external("nobody.invalid"));
        try (RealSource source = source(Route.POD)) {
            RealFollower out = source.follow("out:80");
            out.untilUnavailable("nobody.invalid");
            cluster.replace(external("192.0.2.9"));
            out.untilRefused("externalName: 192.0.2.9 (expected: a DNS name, no IP address)");
        }
    }

    private static Service external(String name) {
        return service("out")
                .editSpec()
                .withSelector(null)
                .withType("ExternalName")
                .withExternalName(name)
                .endSpec()
                .build();
    }
}
