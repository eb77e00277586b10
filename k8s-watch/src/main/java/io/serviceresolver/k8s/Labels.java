package io.serviceresolver.k8s;

import java.util.HashMap;
import java.util.Map;

/** Labels of Pods and of the nodes that they run on. */
final class Labels {

    static final String ZONE = "topology.kubernetes.io/zone";
    static final String HOSTNAME = "kubernetes.io/hostname";

    private Labels() {}

    /**
     * The labels of a Pod, and those of its node, which go before.
     *
     * @param shared makes one map of those that are equal
     */
    static Map<String, String> joined(Map<String, String> pod, Map<String, String> node, Interner shared) {
        if (pod.entrySet().containsAll(node.entrySet())) {
            return pod;
        }
        Map<String, String> joined = new HashMap<>(pod);
        joined.putAll(node);
        return shared.one(Map.copyOf(joined));
    }
}
