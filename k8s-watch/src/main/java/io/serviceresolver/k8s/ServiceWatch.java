package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.k8s.ServiceKnowledge.Known;
import io.serviceresolver.k8s.ServiceKnowledge.Missing;
import io.serviceresolver.k8s.ServiceKnowledge.Unknown;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of the Service object. It is asked for only when a name needs it, and followed from then on; what was
 * known stays known while the watch is broken. Used by the scheduler's thread.
 */
final class ServiceWatch implements Reflector.State<ServiceView> {

    private static final Logger log = LoggerFactory.getLogger(EndpointSliceSource.class);

    private final ServiceName service;
    private final ApiResource resource;
    private final Share share;
    private final Runnable onChange;
    private ServiceKnowledge knowledge = new Unknown();
    private boolean following;
    private @Nullable String problem;

    ServiceWatch(ServiceName service, NamespaceHub hub, Runnable onChange) {
        this.service = service;
        this.resource = ApiResource.service(service);
        this.onChange = onChange;
        this.share = hub.service(service, this);
    }

    ServiceKnowledge knowledge() {
        return knowledge;
    }

    /** Begins to ask for the Service, unless that was done before: why nothing is known so far, if that is known. */
    Optional<String> follow() {
        if (!following) {
            following = true;
            share.start();
        }
        return Optional.ofNullable(problem);
    }

    void close() {
        share.close();
    }

    @Override
    public boolean replaceAll(List<ServiceView> items) {
        ServiceKnowledge now = items.isEmpty() ? missing() : new Known(items.get(0));
        boolean changed = !now.equals(knowledge);
        knowledge = now;
        return changed;
    }

    @Override
    public void put(ServiceView item) {
        knowledge = new Known(item);
    }

    @Override
    public void remove(String name) {
        knowledge = missing();
    }

    @Override
    public boolean isEmpty() {
        return !(knowledge instanceof Known);
    }

    @Override
    public void changed() {
        onChange.run();
    }

    @Override
    public void live() {
        problem = null;
    }

    @Override
    public void lost(ApiFailure failure) {
        String reason = AccessHint.explain(failure, resource);
        log.debug("{}: {}", service, reason);
        problem = reason;
        if (knowledge instanceof Unknown && failure.lasting()) {
            knowledge = new Missing(reason);
        }
        if (!(knowledge instanceof Known)) {
            onChange.run();
        }
    }

    private Missing missing() {
        return new Missing("there is no Service " + service.qualified());
    }
}
