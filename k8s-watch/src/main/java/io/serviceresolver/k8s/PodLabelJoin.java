package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.PodLabels;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.k8s.ServiceKnowledge.Known;
import io.serviceresolver.k8s.ServiceKnowledge.Unknown;
import io.serviceresolver.selector.LabelSelector;
import io.serviceresolver.source.KnownEndpoint;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The labels of the Pods behind a Service, for its endpoints, which do not bear them: a watch on those Pods that the
 * Service selects, or on all of the namespace where the Service does not say. Nothing is asked until labels are required.
 * What was known goes on to hold while the watch is broken. Used by the scheduler's thread.
 */
final class PodLabelJoin implements ReflectorState<Pod> {

    private static final Logger log = LoggerFactory.getLogger(EndpointSliceSource.class);

    /** How long the Service is waited for, which narrows the watch down. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ServiceName service;
    private final NamespaceHub hub;
    private final Loop loop;
    private final Runnable onChange;
    private final Map<String, Pod> byName = new HashMap<>();
    private final Map<String, Pod> byUid = new HashMap<>();
    private PodLabels status = PodLabels.PENDING;
    private boolean required;
    private LabelSelector selector = LabelSelector.nothing();
    private @Nullable Share watch;
    private @Nullable Future<?> patience;

    /**
     * Prepares to find labels out.
     *
     * @param service whose Pods
     * @param hub watches
     * @param onChange runs when labels, or what is known of them, changed
     */
    PodLabelJoin(ServiceName service, NamespaceHub hub, Runnable onChange) {
        this.service = service;
        this.hub = hub;
        this.loop = hub.scope().loop();
        this.onChange = onChange;
    }

    /** Begins, unless that was done before. */
    void require(ServiceKnowledge knowledge) {
        if (!required) {
            required = true;
            follow(knowledge);
            if (watch == null) {
                patience = loop.after(PATIENCE, () -> watch(LabelSelector.everything()));
            }
        }
    }

    /** Narrows the watch down to what the Service selects, as far as that is known. */
    void follow(ServiceKnowledge knowledge) {
        if (required && knowledge instanceof Known known) {
            watch(selector(known.service().selector()));
        } else if (required && watch == null && !(knowledge instanceof Unknown)) {
            watch(LabelSelector.everything());
        }
    }

    private static LabelSelector selector(Map<String, String> labels) {
        try {
            return LabelSelector.ofLabels(labels);
        } catch (IllegalArgumentException e) {
            return LabelSelector.everything();
        }
    }

    private void watch(LabelSelector wanted) {
        Loop.cancel(patience);
        if (!wanted.equals(selector)) {
            selector = wanted;
            end();
            log.debug("{}: reading the labels of its Pods: {}", service, wanted);
            // What is known stays until the list of the new watch is complete.
            watch = hub.pods(wanted, this);
            watch.start();
        }
    }

    void close() {
        Loop.cancel(patience);
        end();
    }

    private void end() {
        if (watch != null) {
            watch.close();
        }
    }

    /** Whether the labels are known. */
    PodLabels status() {
        return status;
    }

    /** These endpoints, with the labels of those of their Pods that are known. */
    List<Endpoint> join(List<Endpoint> endpoints, EndpointCache cache) {
        return required ? cache.of(endpoints, this::labels, this::labelled) : endpoints;
    }

    /** What is known of an endpoint, with the labels of its Pod. */
    KnownEndpoint join(KnownEndpoint known) {
        Endpoint endpoint = labelled(known.endpoint(), labels(known.endpoint()));
        return new KnownEndpoint(endpoint, known.object(), known.resourceVersion(), known.age(), known.leftOut());
    }

    /** The labels of its Pod; none where that is not known. */
    private Map<String, String> labels(Endpoint endpoint) {
        @Nullable String uid = endpoint.id().uid();
        @Nullable
        Pod pod = uid != null
                ? byUid.get(uid)
                : endpoint.podName().map(byName::get).orElse(null);
        return pod == null ? Map.of() : pod.labels();
    }

    private Endpoint labelled(Endpoint endpoint, Map<String, String> labels) {
        Map<String, String> all = Labels.joined(labels, endpoint.labels(), hub.shared());
        return labels.isEmpty()
                ? endpoint
                : hub.scope().parts().share(endpoint.toBuilder().labels(all).build());
    }

    @Override
    public boolean replaceAll(List<Pod> items) {
        Map<String, Pod> before = Map.copyOf(byName);
        byName.clear();
        byUid.clear();
        items.forEach(this::put);
        status = PodLabels.KNOWN;
        return !before.equals(byName);
    }

    @Override
    public void put(Pod item) {
        remove(item.name());
        byName.put(item.name(), item);
        byUid.put(item.uid(), item);
    }

    @Override
    public void remove(String name) {
        Pod before = byName.remove(name);
        if (before != null) {
            byUid.remove(before.uid());
        }
    }

    @Override
    public boolean isEmpty() {
        return byName.isEmpty();
    }

    @Override
    public void changed() {
        onChange.run();
    }

    @Override
    public void live() {
        // What is current is told by what follows.
    }

    @Override
    public void lost(ApiFailure failure) {
        log.debug("{}: {}", service, failure.reason());
        if (failure.lasting() && !status.equals(PodLabels.KNOWN)) {
            status = PodLabels.unknown(AccessHint.explain(failure, ApiResource.pods(service.namespace(), selector)));
            onChange.run();
        }
    }
}
