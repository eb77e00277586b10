package io.serviceresolver.k8s;

/**
 * A right to do one thing with one kind of objects. Immutable.
 *
 * @param verb such as {@code list}
 * @param group the API group, empty for the core group
 * @param resource such as {@code endpointslices}
 * @param namespace where; empty for the whole cluster
 */
public record AccessRight(String verb, String group, String resource, String namespace) {

    /** For people: {@code list endpointslices.discovery.k8s.io in namespace shield}. */
    @Override
    public String toString() {
        return verb + " " + resource + (group.isEmpty() ? "" : "." + group)
                + (namespace.isEmpty() ? " in the cluster" : " in namespace " + namespace);
    }
}
