package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.ServiceName;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one Service leads to, kept current from when it is first asked for. Used by the scheduler's thread. */
final class Surroundings implements Around {

    private static final Logger log = LoggerFactory.getLogger(EndpointSliceSource.class);

    private final FeedScope scope;
    private final Runnable onChange;
    private final Hosts hosts;
    private final Followed<Slice> slices;

    /**
     * Prepares it: nothing is asked for yet.
     *
     * @param service the Service
     * @param scope what the feeds share
     * @param onChange runs when something is another
     */
    Surroundings(ServiceName service, FeedScope scope, Runnable onChange) {
        this.scope = scope;
        this.onChange = onChange;
        this.hosts = new Hosts(scope.lookup(), scope.loop(), onChange);
        this.slices = new Followed<>(
                service,
                ApiResource.slicesOf(service),
                new SliceReader(service, new Complaints(log, scope.context().ticker()), scope.parts()),
                Slice::name,
                scope,
                onChange);
    }

    @Override
    public FamilyOrder order(ServiceView service) {
        return scope.order(service.families());
    }

    @Override
    public List<NodeAddressType> nodeAddressTypes() {
        return scope.options().access().nodeAddressTypes();
    }

    @Override
    public Knowledge<List<String>> host(String name) {
        return hosts.of(name);
    }

    @Override
    public Knowledge<Collection<NodeView>> nodes() {
        return scope.nodes().ask(scope, onChange);
    }

    @Override
    public Knowledge<Collection<Slice>> slices() {
        return slices.ask();
    }

    /** Everybody has been answered: what was not needed for it is dropped. */
    void answered() {
        hosts.dropUnasked();
    }

    void close() {
        hosts.close();
        slices.close();
        scope.nodes().leave(onChange);
    }
}
