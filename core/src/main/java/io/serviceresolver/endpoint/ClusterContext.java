package io.serviceresolver.endpoint;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What names mean where this process runs: the namespace of an unqualified name, the cluster's DNS domain, and the
 * namespaces that a two-label name such as {@code skippy.shield} may name. Immutable.
 *
 * @param namespace the namespace of names that have none
 * @param domain the cluster domain, without dots at its ends, usually {@code cluster.local}
 * @param namespaces the other namespaces that may be written as {@code service.namespace}; a name that ends in
 *     {@code .svc} may name any
 */
public record ClusterContext(String namespace, String domain, Set<String> namespaces) {

    /** The cluster domain where nothing says otherwise. */
    public static final String DEFAULT_DOMAIN = "cluster.local";

    /** The namespace where nothing says otherwise. */
    public static final String DEFAULT_NAMESPACE = "default";

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one of them is not a valid name
     */
    public ClusterContext {
        DnsNames.requireLabel("namespace", namespace);
        DnsNames.requireSubdomain("domain", domain);
        namespaces = Set.copyOf(namespaces);
        namespaces.forEach(other -> DnsNames.requireLabel("namespaces", other));
    }

    /**
     * A context whose two-label names may only name its own namespace.
     *
     * @param namespace the namespace of names that have none
     * @param domain the cluster domain
     */
    public ClusterContext(String namespace, String domain) {
        this(namespace, domain, Set.of());
    }

    /**
     * Whether a two-label name may name this namespace.
     *
     * @param other a namespace
     * @return whether it is our own or one of those allowed
     */
    public boolean allows(String other) {
        return namespace.equals(other) || namespaces.contains(other);
    }

    /**
     * This context with more namespaces allowed.
     *
     * @param more namespaces that may be written as {@code service.namespace}, besides our own and those allowed already
     * @return the new context
     */
    public ClusterContext withNamespaces(Set<String> more) {
        Set<String> allowed = new LinkedHashSet<>(namespaces);
        allowed.addAll(more);
        return new ClusterContext(namespace, domain, allowed);
    }
}
