package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.selector.LabelSelector;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A part of a collection of the API: what is listed and watched.
 *
 * @param group the API group, empty for the core group
 * @param plural the resource, such as {@code endpointslices}
 * @param namespace the namespace; empty for what is in none
 * @param selector a parameter of the query that narrows it down, encoded; empty for all of it
 */
record ApiResource(String group, String plural, String namespace, String selector) {

    private static final int PAGE = 500;

    /** All slices of a Service. */
    static ApiResource slicesOf(ServiceName name) {
        String selector = "labelSelector=" + encoded("kubernetes.io/service-name=" + name.service());
        return new ApiResource("discovery.k8s.io", "endpointslices", name.namespace(), selector);
    }

    /** The Endpoints object of a Service, as a collection of one. */
    static ApiResource endpointsOf(ServiceName name) {
        String selector = "fieldSelector=" + encoded("metadata.name=" + name.service());
        return new ApiResource("", "endpoints", name.namespace(), selector);
    }

    /** A Service, as a collection of one. */
    static ApiResource service(ServiceName name) {
        String selector = "fieldSelector=" + encoded("metadata.name=" + name.service());
        return new ApiResource("", "services", name.namespace(), selector);
    }

    /** All slices of a namespace. */
    static ApiResource slices(String namespace) {
        return new ApiResource("discovery.k8s.io", "endpointslices", namespace, "");
    }

    /** All Services of a namespace. */
    static ApiResource services(String namespace) {
        return new ApiResource("", "services", namespace, "");
    }

    /** The Pods of a namespace that a selector finds. */
    static ApiResource pods(String namespace, LabelSelector selector) {
        String narrowed = selector.isEverything() ? "" : "labelSelector=" + encoded(selector.toString());
        return new ApiResource("", "pods", namespace, narrowed);
    }

    /** All nodes. */
    static ApiResource nodes() {
        return new ApiResource("", "nodes", "", "");
    }

    /** A node, as a collection of one. */
    static ApiResource node(String name) {
        return new ApiResource("", "nodes", "", "fieldSelector=" + encoded("metadata.name=" + name));
    }

    /** What lists it from the server's memory: any version will do. */
    String listAny() {
        return path("resourceVersion=0");
    }

    /** What lists the newest version there is, page by page: the server asks its storage. */
    String listNewest() {
        return path("limit=" + PAGE);
    }

    /** What lists this version or a newer one, from the server's memory: with a limit it would ask its storage. */
    String listSince(String version) {
        return path("resourceVersion=" + encoded(version) + "&resourceVersionMatch=NotOlderThan");
    }

    /** What lists the next page. */
    String listNext(String token) {
        return listNewest() + "&continue=" + encoded(token);
    }

    /** What watches it from this version on. */
    String watch(String version, Duration timeout) {
        return path("watch=true&allowWatchBookmarks=true&resourceVersion=" + encoded(version) + "&timeoutSeconds="
                + timeout.toSeconds());
    }

    /** For people: {@code endpointslices.discovery.k8s.io in namespace shield}. */
    String shown() {
        return plural + (group.isEmpty() ? "" : "." + group) + (isNamespaced() ? " in namespace " + namespace : "");
    }

    /** Whether it is in a namespace, and not in the cluster as a whole. */
    boolean isNamespaced() {
        return !namespace.isEmpty();
    }

    /** The rule that a Role needs for it, or a ClusterRole for what is in no namespace, as YAML in one line. */
    String rule() {
        return "{apiGroups: [\"" + group + "\"], resources: [" + plural + "], verbs: [list, watch]}";
    }

    private String path(String parameters) {
        String api = group.isEmpty() ? "api/v1/" : "apis/" + group + "/v1/";
        String collection = isNamespaced() ? "namespaces/" + namespace + "/" + plural : plural;
        return api + collection + "?" + (selector.isEmpty() ? "" : selector + "&") + parameters;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
