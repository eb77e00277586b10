package io.serviceresolver.apiserver;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.serviceresolver.k8s.AccessRight;
import io.serviceresolver.k8s.ApiUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
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
    private final List<String> lines = new ArrayList<>();

    ReaderRights(RealNamespace cluster) {
        this.cluster = cluster;
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

    /** Lets the reader do what this takes, in this namespace, and nothing else. */
    void grant(ApiUse use) throws IOException {
        List<AccessRight> rights = use.rights(cluster.name());
        if (cluster.client().hasApiGroup(RBAC, true)) {
            bindRole(cluster.client(), use.name().toLowerCase(Locale.ROOT).replace('_', '-'), rights);
            return;
        }
        for (AccessRight right : rights) {
            String line = String.join(
                    " ",
                    user(),
                    right.verb(),
                    right.group() + "/" + right.resource(),
                    right.namespace().isEmpty() ? "*" : right.namespace());
            lines.add(line);
            Files.writeString(rules, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    private void bindRole(KubernetesClient client, String name, List<AccessRight> rights) {
        List<Map<String, List<String>>> rbac = rights.stream()
                .map(right -> Map.of(
                        "apiGroups", List.of(right.group()),
                        "resources", List.of(right.resource()),
                        "verbs", List.of(right.verb())))
                .toList();
        post(client, "roles", "Role", name, Map.of("rules", rbac));
        post(
                client,
                "rolebindings",
                "RoleBinding",
                name,
                Map.of(
                        "roleRef", Map.of("apiGroup", RBAC, "kind", "Role", "name", name),
                        "subjects", List.of(Map.of("apiGroup", RBAC, "kind", "User", "name", user()))));
    }

    private void post(KubernetesClient client, String plural, String kind, String name, Map<String, Object> content) {
        Map<String, Object> object = new HashMap<>(content);
        object.put("apiVersion", RBAC + "/v1");
        object.put("kind", kind);
        object.put("metadata", Map.of("name", name));
        client.raw("/apis/" + RBAC + "/v1/namespaces/" + cluster.name() + "/" + plural, "POST", object);
    }

    /** Takes the lines in the file away again; a Role goes with its namespace. */
    void revoke() throws IOException {
        if (Files.exists(rules)) {
            List<String> others = Files.readAllLines(rules).stream()
                    .filter(other -> !lines.contains(other))
                    .toList();
            Files.write(rules, others);
        }
    }
}
