package io.serviceresolver.k8s;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Rights as the objects of {@code rbac.authorization.k8s.io/v1} that grant them. Immutable. */
final class AccessManifest {

    private static final String NAME = "service-resolver";

    /** The verbs by resource and group, by namespace: that of the cluster is empty. */
    private final Map<String, Map<Kind, Set<String>>> rules = new TreeMap<>();

    private record Kind(String group, String resource) implements Comparable<Kind> {

        @Override
        public int compareTo(Kind other) {
            return (resource + "." + group).compareTo(other.resource + "." + other.group);
        }
    }

    AccessManifest(Collection<AccessRight> rights) {
        for (AccessRight right : rights) {
            rules.computeIfAbsent(right.namespace(), namespace -> new TreeMap<>())
                    .computeIfAbsent(new Kind(right.group(), right.resource()), kind -> new TreeSet<>())
                    .add(right.verb());
        }
    }

    /** All of them as YAML, bound to this account; empty where there are none. */
    String yaml(String accountNamespace, String account) {
        List<String> documents = new ArrayList<>();
        rules.forEach((namespace, kinds) -> {
            String scope = namespace.isEmpty() ? "Cluster" : "";
            documents.add(head(scope + "Role", namespace) + rules(kinds));
            documents.add(head(scope + "RoleBinding", namespace)
                    + "roleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: " + scope + "Role\n  name: " + NAME
                    + "\n"
                    + "subjects:\n  - kind: ServiceAccount\n    name: " + account + "\n    namespace: "
                    + accountNamespace
                    + "\n");
        });
        return String.join("---\n", documents);
    }

    private static String head(String kind, String namespace) {
        return "apiVersion: rbac.authorization.k8s.io/v1\nkind: " + kind + "\nmetadata:\n  name: " + NAME + "\n"
                + (namespace.isEmpty() ? "" : "  namespace: " + namespace + "\n");
    }

    private static String rules(Map<Kind, Set<String>> kinds) {
        StringBuilder yaml = new StringBuilder("rules:\n");
        kinds.forEach((kind, verbs) -> yaml.append("  - apiGroups: [\"")
                .append(kind.group())
                .append("\"]\n    resources: [\"")
                .append(kind.resource())
                .append("\"]\n    verbs: [\"")
                .append(String.join("\", \"", verbs))
                .append("\"]\n"));
        return yaml.toString();
    }
}
