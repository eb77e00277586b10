package io.serviceresolver.k8s;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a source is used for, as far as access rules are concerned: each use needs rights of its own, besides those of the
 * uses that go with it.
 */
public enum ApiUse {
    /** Endpoints of Services: {@code list} and {@code watch} on {@code endpointslices}. */
    ENDPOINTS("discovery.k8s.io", "endpointslices", true, "list watch"),
    /**
     * Service objects, for numbers of ports, traffic policy, session affinity, the order of families and external names:
     * {@code list} and {@code watch} on {@code services}.
     */
    SERVICE_OBJECTS("", "services", true, "list watch"),
    /** The labels of the Pods of a Service, to choose a subset by them: {@code list} and {@code watch} on {@code pods}. */
    POD_LABELS("", "pods", true, "list watch"),
    /** Pods by a selector of their own, without a Service: {@code list} and {@code watch} on {@code pods}. */
    SELECT_PODS("", "pods", true, "list watch"),
    /**
     * Node ports, for a caller outside the cluster, with {@link #SERVICE_OBJECTS}: {@code list} and {@code watch} on {@code
     * nodes} of the cluster.
     */
    NODE_PORTS("", "nodes", false, "list watch"),
    /** The zone of our own node, where nothing else tells it: {@code list} on {@code nodes} of the cluster. */
    OWN_ZONE("", "nodes", false, "list"),
    /** Endpoints of Services where slices are not served: {@code list} and {@code watch} on {@code endpoints}. */
    LEGACY_ENDPOINTS("", "endpoints", true, "list watch");

    private final String group;
    private final String resource;
    private final boolean namespaced;
    /** With blanks between them. */
    private final String verbs;

    ApiUse(String group, String resource, boolean namespaced, String verbs) {
        this.group = group;
        this.resource = resource;
        this.namespaced = namespaced;
        this.verbs = verbs;
    }

    /**
     * The rights that it takes, in alphabetical order of their verbs.
     *
     * @param namespace where the Services or Pods are; of no matter for what is in no namespace
     * @return the rights
     */
    public List<AccessRight> rights(String namespace) {
        String where = namespaced ? namespace : "";
        return Stream.of(verbs.split(" "))
                .map(verb -> new AccessRight(verb, group, resource, where))
                .toList();
    }
}
