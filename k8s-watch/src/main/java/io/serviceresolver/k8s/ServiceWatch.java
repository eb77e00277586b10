package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.k8s.ServiceKnowledge.Known;
import io.serviceresolver.k8s.ServiceKnowledge.Missing;
import io.serviceresolver.k8s.ServiceKnowledge.Unknown;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of the Service object, followed besides its slices; what was known stays known while the watch is broken.
 * Used by the scheduler's thread.
 */
final class ServiceWatch implements ReflectorState<ServiceView> {

    private static final Logger log = LoggerFactory.getLogger(EndpointSliceSource.class);

    private final ServiceName service;
    private final FeedScope scope;
    private final ApiResource resource;
    private final Share share;
    private final Runnable onChange;
    private ServiceKnowledge knowledge = new Unknown();
    private @Nullable String problem;

    /** Whether it is waited for no longer. */
    private boolean overdue;

    private @Nullable Future<?> patience;

    ServiceWatch(ServiceName service, FeedScope scope, Runnable onChange) {
        this.service = service;
        this.scope = scope;
        this.resource = ApiResource.service(service);
        this.onChange = onChange;
        this.share = scope.hub(service.namespace()).service(service, this);
    }

    /** Begins to ask for it, where that is wanted. */
    void start() {
        if (scope.options().access().services() == AccessOptions.Services.LEFT_ALONE) {
            knowledge = new Missing("Services are not read, by withoutServices()");
            return;
        }
        patience = scope.loop().after(Freshness.PATIENCE, () -> {
            overdue = true;
            onChange.run();
        });
        share.start();
    }

    ServiceKnowledge knowledge() {
        return knowledge;
    }

    /** Whether an answer that does not need it should wait for it nevertheless: for a second at most. */
    boolean isAwaited() {
        return knowledge instanceof Unknown && !overdue;
    }

    /** Why nothing is known so far, where it should be by now. */
    Optional<String> problem() {
        return overdue && problem == null
                ? Optional.of("the API server has not answered yet: list " + resource.shown())
                : Optional.ofNullable(problem);
    }

    void close() {
        share.close();
        endPatience();
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
        endPatience();
    }

    @Override
    public void lost(ApiFailure failure) {
        String reason = AccessHint.explain(failure, resource);
        log.debug("{}: {}", service, reason);
        problem = reason;
        if (knowledge instanceof Unknown && failure.lasting()) {
            knowledge = new Missing(reason);
            endPatience();
            if (scope.isNews(service.namespace())) {
                log.warn(
                        "{}: internalTrafficPolicy, sessionAffinity, the order of ipFamilies, the Service's numbers of"
                                + " ports and externalName are not known in namespace {}, and taken for their defaults:"
                                + " {}",
                        service,
                        service.namespace(),
                        reason);
            }
        }
        if (!(knowledge instanceof Known)) {
            onChange.run();
        }
    }

    private void endPatience() {
        if (patience != null) {
            patience.cancel(false);
            patience = null;
        }
    }

    private Missing missing() {
        return new Missing("there is no Service " + service.qualified());
    }
}
