package io.serviceresolver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.endpoint.Topology;
import io.serviceresolver.testkit.ApiFault;
import io.serviceresolver.testkit.ApiVerb;
import io.serviceresolver.testkit.FakeCluster;
import io.serviceresolver.testkit.FakeNamespace;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rights that each use is said to take are those that it makes use of. */
class ApiUseTest {

    private static final WatchOptions SERVICES = WatchOptions.DEFAULTS;

    private final FakeCluster cluster = FakeCluster.start();
    private WatchLab lab = new WatchLab(cluster.apiServer());

    @BeforeEach
    void makeAService() {
        FakeNamespace shield = cluster.namespace("shield");
        shield.service("skippy")
                .port("web", 80, 8080)
                .type("NodePort")
                .nodePort("web", 30080)
                .selector("app", "skippy");
        shield.pod("skippy-1").label("app", "skippy").ip("127.0.0.2").ready();
        cluster.node("a").address("InternalIP", "127.0.0.3").zone("zone-a").ready();
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private void with(WatchOptions options) {
        lab = new WatchLab(cluster.apiServer(), options);
    }

    /** Waits until as many watches are open as these uses take, and compares all that was asked with their rights. */
    private void assertAsked(ApiUse... uses) {
        Set<String> rights = Arrays.stream(uses)
                .flatMap(use -> use.rights("shield").stream())
                .map(right -> right.verb() + " " + right.group() + "/" + right.resource() + " " + right.namespace())
                .collect(Collectors.toSet());
        int watches =
                (int) rights.stream().filter(right -> right.startsWith("watch")).count();
        lab.until(() -> "the watches", () -> lab.requests(ApiVerb.WATCH) >= watches);
        assertThat(asked()).isEqualTo(rights);
    }

    private Set<String> asked() {
        return lab.server.requests().stream()
                .map(request -> request.verb().name().toLowerCase(Locale.ROOT) + " "
                        + request.apiVersion().replaceFirst("/?v1$", "") + "/" + request.resource() + " "
                        + request.namespace().orElse(""))
                .collect(Collectors.toSet());
    }

    @Test
    void endpoints() {
        lab.follow("skippy", "found 127.0.0.2:8080");
        assertAsked(ApiUse.ENDPOINTS);
    }

    @Test
    void serviceObjects() {
        with(SERVICES);
        lab.follow("skippy:80", "found 127.0.0.2:8080");
        assertAsked(ApiUse.ENDPOINTS, ApiUse.SERVICE_OBJECTS);
    }

    @Test
    void podLabels() {
        with(SERVICES);
        lab.follow("skippy", "found 127.0.0.2:8080");
        lab.newest().requirePodLabels();
        assertAsked(ApiUse.ENDPOINTS, ApiUse.SERVICE_OBJECTS, ApiUse.POD_LABELS);
    }

    @Test
    void selectPods() {
        Follower pods = lab.select("app=skippy", ServicePort.number(8080));
        lab.until(pods, "found 127.0.0.2:8080");
        assertAsked(ApiUse.SELECT_PODS);
    }

    @Test
    void nodePorts() {
        with(SERVICES.with(AccessOptions.DEFAULTS.with(Route.NODE_PORT)));
        lab.follow("skippy", "found 127.0.0.3:30080");
        assertAsked(ApiUse.SERVICE_OBJECTS, ApiUse.NODE_PORTS);
    }

    @Test
    void ownZone() {
        lab.topology.learn(Topology.of("a", null));
        lab.follow("skippy", "found 127.0.0.2:8080");
        lab.until(() -> "our zone", () -> "zone-a".equals(lab.topology.current().zone()));
        assertAsked(ApiUse.ENDPOINTS, ApiUse.OWN_ZONE);
    }

    @Test
    void legacyEndpoints() throws Exception {
        lab.server.on(ApiVerb.LIST, "endpointslices").always(ApiFault.status(403));
        lab.server.put((ObjectNode) Json.tree("""
                {"apiVersion":"v1","kind":"Endpoints","metadata":{"name":"skippy","namespace":"shield"},
                 "subsets":[{"addresses":[{"ip":"127.0.0.2"}],"ports":[{"port":8080}]}]}
                """.getBytes(StandardCharsets.UTF_8)));
        lab.follow("skippy", "found 127.0.0.2:8080");
        lab.until(() -> "the watch", () -> lab.requests(ApiVerb.WATCH) == 1);
        assertThat(asked().stream().filter(request -> !request.contains("endpointslices")))
                .containsExactlyInAnyOrderElementsOf(Stream.of("list", "watch")
                        .map(verb -> verb + " /endpoints shield")
                        .toList());
    }
}
