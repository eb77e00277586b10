package io.serviceresolver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What we may do, as the API server says. */
class AccessPreflightTest {

    private final ReviewServer server = new ReviewServer();
    private final EndpointSliceSource source = EndpointSliceSource.fromKubeconfig(server.kubeconfig());

    @AfterEach
    void close() {
        source.close();
        server.close();
    }

    private AccessReport check(Set<ApiUse> uses, String... namespaces) throws Exception {
        return source.checkAccess(uses, Set.of(namespaces)).get(20, TimeUnit.SECONDS);
    }

    @Test
    void asksForEachRightOnceAndSaysWhichAreMissing() throws Exception {
        server.allowed.addAll(List.of("list endpointslices shield", "watch endpointslices shield", "list nodes"));
        AccessReport report =
                check(EnumSet.of(ApiUse.ENDPOINTS, ApiUse.POD_LABELS, ApiUse.SELECT_PODS, ApiUse.OWN_ZONE), "shield");
        assertThat(server.asked)
                .containsExactly(
                        "POST list endpointslices shield",
                        "POST watch endpointslices shield",
                        "POST list pods shield",
                        "POST watch pods shield",
                        "POST list nodes");
        assertThat(report.isComplete()).isFalse();
        assertThat(report.granted()).hasSize(3);
        assertThat(report.missing())
                .containsExactly(
                        new AccessRight("list", "", "pods", "shield"), new AccessRight("watch", "", "pods", "shield"));
        assertThat(report.text()).isEqualTo("missing: list pods in namespace shield, watch pods in namespace shield");
    }

    @Test
    void saysThatNothingIsMissing() throws Exception {
        server.allowed.addAll(List.of("list endpointslices shield", "watch endpointslices shield"));
        AccessReport report = check(Set.of(ApiUse.ENDPOINTS), "shield");
        assertThat(report.isComplete()).isTrue();
        assertThat(report.text()).isEqualTo("rights granted: 2");
        assertThat(report.role("shield", "default")).isEmpty();
    }

    @Test
    void writesTheRolesToApply() throws Exception {
        server.allowed.add("list endpointslices a");
        AccessReport report = check(Set.of(ApiUse.ENDPOINTS, ApiUse.SERVICE_OBJECTS, ApiUse.NODE_PORTS), "a", "b");
        Object yaml = new KubernetesSerialization().unmarshal(report.role("apps", "caller"));
        List<GenericKubernetesResource> objects = ((Collection<?>) yaml)
                .stream().map(GenericKubernetesResource.class::cast).toList();
        assertThat(objects)
                .extracting(
                        object -> object.getKind() + " " + object.getMetadata().getNamespace())
                .containsExactly(
                        "ClusterRole null",
                        "ClusterRoleBinding null",
                        "Role a",
                        "RoleBinding a",
                        "Role b",
                        "RoleBinding b");
        assertThat(objects.get(2).<List<?>>get("rules"))
                .isEqualTo(List.of(
                        rule("discovery.k8s.io", "endpointslices", "watch"), rule("", "services", "list", "watch")));
        assertThat(objects.get(0).<List<?>>get("rules")).isEqualTo(List.of(rule("", "nodes", "list", "watch")));
        assertThat(objects.get(1).<String>get("roleRef", "kind")).isEqualTo("ClusterRole");
        assertThat(objects.get(3).<Map<?, ?>>get("subjects", 0))
                .isEqualTo(Map.of("kind", "ServiceAccount", "name", "caller", "namespace", "apps"));
    }

    private static Map<String, List<String>> rule(String group, String resource, String... verbs) {
        return Map.of("apiGroups", List.of(group), "resources", List.of(resource), "verbs", List.of(verbs));
    }

    @Test
    void saysThatTheServerReviewsNothing() throws Exception {
        server.status = 404;
        AccessReport report = check(Set.of(ApiUse.ENDPOINTS), "shield");
        assertThat(report.unknown()).hasSize(2);
        assertThat(report.isComplete()).isFalse();
        assertThat(report.text())
                .contains(
                        "rights granted: 0; rights not checked: 2: this API server does not review access: create self",
                        ": 404");
    }

    @Test
    void saysThatItMayNotEvenAsk() throws Exception {
        server.status = 403;
        server.answer = "{\"kind\":\"Status\",\"message\":\"no\\nnot you\"}";
        assertThat(check(Set.of(ApiUse.ENDPOINTS), "shield").text()).contains("403 no\\u000anot you");
    }

    @Test
    void takesNoAnswerForYesThatIsNone() throws Exception {
        for (String answer : List.of("{", "[]", "{\"status\":{\"allowed\":\"true\"}}", "{\"status\":null}", "null")) {
            server.answer = answer;
            AccessReport report = check(Set.of(ApiUse.ENDPOINTS), "shield");
            assertThat(report.granted()).as(answer).isEmpty();
            assertThat(report.unknown()).as(answer).hasSize(2);
            assertThat(report.problem()).as(answer).isPresent();
        }
    }

    @Test
    void answersThoughTheServerIsDownOrTheSourceClosed() throws Exception {
        server.close();
        assertThat(check(Set.of(ApiUse.ENDPOINTS), "shield").text()).contains("ConnectException");
        source.close();
        assertThat(check(Set.of(ApiUse.ENDPOINTS), "shield").problem())
                .hasValue("source: watch (expected: not closed)");
    }
}
