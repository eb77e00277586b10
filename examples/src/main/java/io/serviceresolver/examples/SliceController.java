package io.serviceresolver.examples;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.serviceresolver.selector.LabelSelector;
import io.serviceresolver.selector.Membership;
import io.serviceresolver.selector.MembershipChanges;
import io.serviceresolver.selector.SelectorIndex;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the EndpointSlices of all Services of a namespace as the control plane's controller does: it watches Services
 * and Pods, and a {@link SelectorIndex} tells which Pods each Service selects. All its state is confined to one thread.
 */
final class SliceController implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SliceController.class);

    private static final long RETRY_MILLIS = 500;

    private final KubernetesClient client;
    private final String namespace;
    private final int maxEndpoints;
    private final BiConsumer<Service, List<EndpointSlice>> listener;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DemoThreads.named("slice-controller"));

    private final SelectorIndex<String, String> index = new SelectorIndex<>();
    private final Map<String, Service> services = new HashMap<>();
    private final Map<String, Pod> pods = new TreeMap<>();
    private final Map<String, List<EndpointSlice>> written = new HashMap<>();

    /** Whether all Pods are known: until then nothing is written, as it would leave some out. */
    private boolean complete;

    private SliceController(
            KubernetesClient client,
            String namespace,
            int maxEndpoints,
            BiConsumer<Service, List<EndpointSlice>> listener) {
        this.client = client;
        this.namespace = namespace;
        this.maxEndpoints = maxEndpoints;
        this.listener = listener;
    }

    /**
     * Starts a controller.
     *
     * @param client reads and writes; its owner closes it, which ends the watches
     * @param namespace whose Services it cares for; nobody else writes their slices
     * @param maxEndpoints how many endpoints a slice holds at most: 100 in a cluster
     * @param listener hears of each Service whose slices were looked after, and of all its slices
     */
    static SliceController start(
            KubernetesClient client,
            String namespace,
            int maxEndpoints,
            BiConsumer<Service, List<EndpointSlice>> listener) {
        SliceController controller = new SliceController(client, namespace, maxEndpoints, listener);
        SharedIndexInformer<Service> services = client.services()
                .inNamespace(namespace)
                .inform(controller.handler(controller::put, controller::remove));
        SharedIndexInformer<Pod> pods =
                client.pods().inNamespace(namespace).inform(controller.handler(controller::put, controller::remove));
        controller.later(
                () -> {
                    pods.getStore().list().forEach(controller::put);
                    controller.complete = true;
                    services.getStore().list().forEach(controller::put);
                },
                0);
        return controller;
    }

    private void put(Service service) {
        String name = service.getMetadata().getName();
        services.put(name, service);
        index.putSelector(
                name, LabelSelector.ofServiceSelector(service.getSpec().getSelector()));
        reconcile(Set.of(name));
    }

    private void remove(Service service) {
        String name = service.getMetadata().getName();
        services.remove(name);
        index.removeSelector(name);
        reconcile(Set.of(name));
    }

    private void put(Pod pod) {
        String name = pod.getMetadata().getName();
        pods.put(name, pod);
        reconcile(touched(index.putObject(name, pod.getMetadata().getLabels()), index.selectorsOf(name)));
    }

    private void remove(Pod pod) {
        String name = pod.getMetadata().getName();
        pods.remove(name);
        reconcile(touched(index.removeObject(name), List.of()));
    }

    private static Set<String> touched(MembershipChanges<String, String> changes, List<String> selecting) {
        Set<String> names = new LinkedHashSet<>(selecting);
        changes.removed().stream().map(Membership::selector).forEach(names::add);
        return names;
    }

    private void reconcile(Set<String> names) {
        if (complete) {
            names.forEach(this::reconcile);
        }
    }

    private void reconcile(String name) {
        try {
            List<EndpointSlice> before = written.computeIfAbsent(name, this::read);
            Service service = services.get(name);
            List<EndpointSlice> now =
                    service == null ? List.of() : SlicePlan.of(service, endpoints(service), before, maxEndpoints);
            List<EndpointSlice> after = write(before, now);
            written.put(name, after);
            if (service != null) {
                listener.accept(service, after);
            }
        } catch (KubernetesClientException e) {
            log.warn("EndpointSlices of {} not written, to be tried again: {}", name, e.getMessage());
            written.remove(name);
            later(() -> reconcile(name), RETRY_MILLIS);
        }
    }

    private List<EndpointSlice> read(String service) {
        return client.discovery()
                .v1()
                .endpointSlices()
                .inNamespace(namespace)
                .withLabel(SlicePlan.SERVICE_LABEL, service)
                .withLabel(SlicePlan.MANAGED_BY, SlicePlan.MANAGER)
                .list()
                .getItems();
    }

    private List<PodEndpoint> endpoints(Service service) {
        return index.objectsOf(service.getMetadata().getName()).stream()
                .sorted()
                .map(pods::get)
                .flatMap(pod -> PodEndpoint.of(service, pod).stream())
                .toList();
    }

    /** Writes what is different, new slices first: an endpoint that moves is in two slices for a while, never in none. */
    private List<EndpointSlice> write(List<EndpointSlice> before, List<EndpointSlice> now) {
        Set<String> kept = new LinkedHashSet<>();
        List<EndpointSlice> result = now.stream()
                .map(slice -> {
                    kept.add(slice.getMetadata().getName());
                    return before.contains(slice) ? slice : write(slice);
                })
                .toList();
        before.stream()
                .filter(slice -> !kept.contains(slice.getMetadata().getName()))
                .forEach(slice -> resource(slice).delete());
        return result;
    }

    private EndpointSlice write(EndpointSlice slice) {
        boolean exists = slice.getMetadata().getResourceVersion() != null;
        return exists ? resource(slice).update() : resource(slice).create();
    }

    private Resource<EndpointSlice> resource(EndpointSlice slice) {
        return client.resource(slice).inNamespace(namespace);
    }

    private <T extends HasMetadata> ResourceEventHandler<T> handler(Consumer<T> put, Consumer<T> remove) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(T added) {
                later(() -> put.accept(added), 0);
            }

            @Override
            public void onUpdate(T before, T now) {
                later(() -> put.accept(now), 0);
            }

            @Override
            public void onDelete(T deleted, boolean finalStateUnknown) {
                later(() -> remove.accept(deleted), 0);
            }
        };
    }

    private void later(Runnable task, long millis) {
        try {
            thread.schedule(task, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("an event after the end");
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
