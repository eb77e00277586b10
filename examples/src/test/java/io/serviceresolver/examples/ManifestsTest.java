package io.serviceresolver.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.serviceresolver.endpoint.TopologyDetector;
import io.serviceresolver.selector.LabelSelector;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestsTest {

    @ParameterizedTest
    @ValueSource(strings = {"deploy.yml", "svc.yml", "load-balancer.yml", "rbac.yml", "client.yml"})
    void everyObjectIsInTheSameNamespace(String file) {
        assertThat(Manifests.read(file))
                .isNotEmpty()
                .extracting(object -> object.getMetadata().getNamespace())
                .containsOnly("shield");
    }

    @Test
    void theServicesSelectThePodsOfTheDeployment() {
        Deployment skippy = Manifests.read("deploy.yml", Deployment.class);
        assertThat(skippy.getSpec().getReplicas()).isEqualTo(10);
        List<Service> services = List.of(
                (Service) Manifests.read("svc.yml").get(0),
                (Service) Manifests.read("svc.yml").get(1),
                Manifests.read("load-balancer.yml", Service.class));
        assertThat(services)
                .allSatisfy(service -> assertThat(LabelSelector.ofServiceSelector(
                                        service.getSpec().getSelector())
                                .matches(skippy.getSpec()
                                        .getTemplate()
                                        .getMetadata()
                                        .getLabels()))
                        .isTrue());
        assertThat(services.get(2).getSpec().getType()).isEqualTo("LoadBalancer");
    }

    @Test
    void aClientMayListAndWatchSlicesAndServicesAndNothingElse() {
        GenericKubernetesResource role = generic("Role");
        assertThat(role.<List<?>>get("rules"))
                .isEqualTo(List.of(rule("discovery.k8s.io", "endpointslices"), rule("", "services")));
        GenericKubernetesResource binding = generic("RoleBinding");
        assertThat(binding.<String>get("roleRef", "name"))
                .isEqualTo(role.getMetadata().getName());
        assertThat(binding.<String>get("subjects", 0, "name")).isEqualTo(account());
    }

    private static Map<String, Object> rule(String group, String resource) {
        return Map.of("apiGroups", List.of(group), "resources", List.of(resource), "verbs", List.of("list", "watch"));
    }

    private static GenericKubernetesResource generic(String kind) {
        return Manifests.read("rbac.yml").stream()
                .filter(object -> object.getKind().equals(kind))
                .map(GenericKubernetesResource.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theClientRunsWithThatAccountAndKnowsItsNamespaceAndNode() {
        PodSpec client = Manifests.read("client.yml", Deployment.class)
                .getSpec()
                .getTemplate()
                .getSpec();
        assertThat(client.getServiceAccountName()).isEqualTo(account());
        assertThat(client.getContainers().get(0).getEnv())
                .extracting(
                        EnvVar::getName,
                        variable -> variable.getValueFrom().getFieldRef().getFieldPath())
                .containsExactly(
                        tuple("POD_NAMESPACE", "metadata.namespace"), tuple(TopologyDetector.NODE, "spec.nodeName"));
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Manifests.read("none.yml"))
                .hasMessage("manifest: none.yml (expected: a file of examples/manifests)");
        assertThatThrownBy(() -> Manifests.read("svc.yml", Deployment.class))
                .hasMessage("manifest: svc.yml (expected: an object of kind Deployment)");
    }

    private static String account() {
        HasMetadata account = Manifests.read("rbac.yml", ServiceAccount.class);
        return account.getMetadata().getName();
    }
}
