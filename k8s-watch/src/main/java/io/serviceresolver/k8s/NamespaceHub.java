package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.selector.LabelSelector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is watched in one namespace, for all who follow something there. Used by the scheduler's thread. */
final class NamespaceHub {

    private static final Logger log = LoggerFactory.getLogger(EndpointSliceSource.class);

    private final String namespace;
    private final FeedScope scope;
    private final Complaints complaints;
    private final Interner shared = new Interner();
    private final SharedCollection<Slice> slices;
    private final SharedCollection<ServiceView> services;
    private final SharedCollection<Pod> pods;

    NamespaceHub(String namespace, FeedScope scope) {
        this.namespace = namespace;
        this.scope = scope;
        this.complaints = new Complaints(log, scope.context().ticker());
        ApiResource any = ApiResource.pods(namespace, LabelSelector.everything());
        this.pods = new SharedCollection<>(scope, any, podReader(LabelSelector.everything()), Pod::name);
        this.services = new SharedCollection<>(
                scope, ApiResource.services(namespace), new ServiceItems(namespace), ServiceView::name);
        this.slices = new SharedCollection<>(scope, ApiResource.slices(namespace), allSlices(), Slice::name);
    }

    FeedScope scope() {
        return scope;
    }

    /** What makes one object of those that are equal, for all of this namespace. */
    Interner shared() {
        return shared;
    }

    /** Whether nobody follows anything here. */
    boolean isIdle() {
        return slices.isIdle() && services.isIdle() && pods.isIdle();
    }

    Share slicesOf(ServiceName service, ReflectorState<Slice> state) {
        return slices.part(
                ApiResource.slicesOf(service),
                sliceReader(service),
                slice -> slice.service().equals(service.service()),
                state);
    }

    Share service(ServiceName service, ReflectorState<ServiceView> state) {
        return services.part(
                ApiResource.service(service),
                new ServiceReader(service),
                view -> view.name().equals(service.service()),
                state);
    }

    Share pods(LabelSelector selector, ReflectorState<Pod> state) {
        return pods.part(
                ApiResource.pods(namespace, selector),
                podReader(selector),
                pod -> selector.matches(pod.labels()),
                state);
    }

    SliceItems sliceReader(ServiceName service) {
        return new SliceItems(
                namespace,
                service.service()::equals,
                complaints,
                scope.context().ticker(),
                scope.parts());
    }

    PodReader podReader(LabelSelector selector) {
        return new PodReader(
                namespace, selector, complaints, shared, scope.context().ticker());
    }

    private SliceItems allSlices() {
        return new SliceItems(
                namespace, name -> !name.isEmpty(), complaints, scope.context().ticker(), scope.parts());
    }
}
