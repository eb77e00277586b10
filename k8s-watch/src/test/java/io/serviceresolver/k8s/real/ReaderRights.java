package io.serviceresolver.k8s.real;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rights of the user of the kubeconfig {@code kubeconfig-reader}, beside the administrator's, who has none but what
 * tests allow: by RBAC where the server serves it, else by a line of the file {@code rules}, beside it too, which is what
 * the server has to read then.
 */
final class ReaderRights {

    private static final String RBAC = "rbac.authorization.k8s.io";

    private final Path rules = RealNamespace.kubeconfig().resolveSibling("rules");
    private final RealNamespace cluster;
    private final String line;

    ReaderRights(RealNamespace cluster) {
        this.cluster = cluster;
        this.line = user() + " list,watch discovery.k8s.io/endpointslices " + cluster.name();
    }

    static Path kubeconfig() {
        return RealNamespace.kubeconfig().resolveSibling("kubeconfig-reader");
    }

    private static String user() {
        return Config.fromKubeconfig(kubeconfig().toFile())
                .getCurrentContext()
                .getContext()
                .getUser();
    }

    /** Lets the reader list and watch the slices of this namespace, and nothing else. */
    void grant() throws IOException {
        if (cluster.client().hasApiGroup(RBAC, true)) {
            bindRole(cluster.client());
        } else {
            Files.writeString(rules, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    private void bindRole(KubernetesClient client) {
        post(
                client,
                "roles",
                "Role",
                Map.of(
                        "rules",
                        List.of(Map.of(
                                "apiGroups", List.of("discovery.k8s.io"),
                                "resources", List.of("endpointslices"),
                                "verbs", List.of("list", "watch")))));
        post(
                client,
                "rolebindings",
                "RoleBinding",
                Map.of(
                        "roleRef", Map.of("apiGroup", RBAC, "kind", "Role", "name", "slices"),
                        "subjects", List.of(Map.of("apiGroup", RBAC, "kind", "User", "name", user()))));
    }

    private void post(KubernetesClient client, String plural, String kind, Map<String, Object> content) {
        Map<String, Object> object = new HashMap<>(content);
        object.put("apiVersion", RBAC + "/v1");
        object.put("kind", kind);
        object.put("metadata", Map.of("name", "slices"));
        client.raw("/apis/" + RBAC + "/v1/namespaces/" + cluster.name() + "/" + plural, "POST", object);
    }

    /** Takes a line in the file away again; a Role goes with its namespace. */
    void revoke() throws IOException {
        if (Files.exists(rules)) {
            List<String> others = Files.readAllLines(rules).stream()
                    .filter(other -> !other.equals(line))
                    .toList();
            Files.write(rules, others);
        }
    }
}
