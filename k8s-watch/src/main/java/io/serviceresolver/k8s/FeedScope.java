package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.EndpointParts;
import io.serviceresolver.endpoint.IpFamily;
import io.serviceresolver.source.SourceContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the feeds of one scheduler share. Used by its thread. */
final class FeedScope {

    private final ApiClient client;
    private final SourceContext context;
    private final WatchOptions options;
    private final HostLookup lookup;
    private final Loop loop;
    private final EndpointParts parts = new EndpointParts();
    private final NodeWatch nodes = new NodeWatch();
    private final OwnZone zone;
    private final Map<String, NamespaceHub> hubs = new HashMap<>();
    private final Set<String> said = new HashSet<>();

    FeedScope(ApiClient client, SourceContext context, WatchOptions options, HostLookup lookup) {
        this.client = client;
        this.context = context;
        this.options = options;
        this.lookup = lookup;
        this.loop = new Loop(context);
        this.zone = new OwnZone(client, context);
    }

    ApiClient client() {
        return client;
    }

    SourceContext context() {
        return context;
    }

    WatchOptions options() {
        return options;
    }

    HostLookup lookup() {
        return lookup;
    }

    Loop loop() {
        return loop;
    }

    NodeWatch nodes() {
        return nodes;
    }

    /** What endpoints have in common, whatever their Services. */
    EndpointParts parts() {
        return parts;
    }

    /** What keeps a collection current. */
    <T> Reflector<T> reflector(ApiResource resource, ItemReader<T> reader, ReflectorState<T> state) {
        return new Reflector<>(resource, client, reader, context, options.silenceTimeout(), state);
    }

    /** What is watched in a namespace. */
    NamespaceHub hub(String namespace) {
        return hubs.computeIfAbsent(namespace, missing -> new NamespaceHub(missing, this));
    }

    /** Forgets the namespaces in which nothing is watched any more. */
    void release() {
        hubs.values().removeIf(NamespaceHub::isIdle);
    }

    /** Which families of addresses may be called, of a Service that states these. */
    FamilyOrder order(List<IpFamily> stated) {
        return options.access()
                .families()
                .order(stated, context.topology().current().families());
    }

    /** Whether this is said for the first time, of this namespace. */
    boolean isNews(String namespace) {
        return said.add(namespace);
    }

    void start() {
        zone.start();
    }

    void close() {
        zone.close();
    }
}
