package io.serviceresolver.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.serviceresolver.k8s.AccessRight;
import io.serviceresolver.k8s.ApiUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The manifests of {@code rbac/}, one for each use, against what the code says that it needs. */
class RbacManifestsTest {

    private static List<HasMetadata> read(ApiUse use) {
        return Manifests.read("rbac/" + use.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".yml");
    }

    @ParameterizedTest
    @EnumSource(ApiUse.class)
    void grantsWhatTheUseNeedsAndNothingElse(ApiUse use) {
        List<HasMetadata> objects = read(use);
        assertThat(objects).hasSize(2);
        GenericKubernetesResource role = (GenericKubernetesResource) objects.get(0);
        List<AccessRight> granted = granted(role);
        assertThat(granted).containsExactlyInAnyOrderElementsOf(use.rights("shield"));
        boolean cluster = granted.get(0).namespace().isEmpty();
        assertThat(role.getKind()).isEqualTo(cluster ? "ClusterRole" : "Role");
    }

    private static List<AccessRight> granted(GenericKubernetesResource role) {
        String namespace = role.getMetadata().getNamespace() == null
                ? ""
                : role.getMetadata().getNamespace();
        List<AccessRight> granted = new ArrayList<>();
        for (Map<String, List<String>> rule : role.<List<Map<String, List<String>>>>get("rules")) {
            assertThat(rule).containsOnlyKeys("apiGroups", "resources", "verbs");
            for (String group : rule.getOrDefault("apiGroups", List.of())) {
                for (String resource : rule.getOrDefault("resources", List.of())) {
                    rule.getOrDefault("verbs", List.of())
                            .forEach(verb -> granted.add(new AccessRight(verb, group, resource, namespace)));
                }
            }
        }
        return granted;
    }

    @ParameterizedTest
    @EnumSource(ApiUse.class)
    void bindsThatRoleToTheClientsAccount(ApiUse use) {
        HasMetadata role = read(use).get(0);
        GenericKubernetesResource binding =
                (GenericKubernetesResource) read(use).get(1);
        assertThat(binding.getKind()).isEqualTo(role.getKind() + "Binding");
        assertThat(binding.getMetadata().getNamespace())
                .isEqualTo(role.getMetadata().getNamespace());
        assertThat(binding.<Map<String, String>>get("roleRef"))
                .isEqualTo(Map.of(
                        "apiGroup", "rbac.authorization.k8s.io",
                        "kind", role.getKind(),
                        "name", role.getMetadata().getName()));
        assertThat(binding.<List<?>>get("subjects"))
                .isEqualTo(List.of(Map.of("kind", "ServiceAccount", "name", "skippy-client", "namespace", "shield")));
    }

    @Test
    void theManifestOfTheReadmeIsThatForEndpointsAndServices() {
        GenericKubernetesResource role = Manifests.read("rbac.yml").stream()
                .filter(object -> object.getKind().equals("Role"))
                .map(GenericKubernetesResource.class::cast)
                .findFirst()
                .orElseThrow();
        List<AccessRight> rights = new ArrayList<>(ApiUse.ENDPOINTS.rights("shield"));
        rights.addAll(ApiUse.SERVICE_OBJECTS.rights("shield"));
        assertThat(granted(role)).containsExactlyInAnyOrderElementsOf(rights);
    }
}
