package io.serviceresolver.apiserver;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** All slices of a namespace, live, as fabric8's informer knows them: not as our own watch does. */
final class SliceWatch implements AutoCloseable {

    private static final String SERVICE_LABEL = "kubernetes.io/service-name";

    /** Much longer than any server takes. */
    private static final long PATIENCE_SECONDS = 60;

    /** What happened since somebody looked. */
    private final Semaphore events = new Semaphore(0);

    private final SharedIndexInformer<EndpointSlice> informer;

    SliceWatch(RealNamespace namespace) {
        informer = namespace
                .client()
                .discovery()
                .v1()
                .endpointSlices()
                .inNamespace(namespace.name())
                .inform(new Signal());
    }

    /** The slices of each Service that has any. */
    Map<String, List<EndpointSlice>> slices() {
        return informer.getStore().list().stream()
                .collect(Collectors.groupingBy(
                        slice -> slice.getMetadata().getLabels().get(SERVICE_LABEL)));
    }

    /**
     * Looks at the slices again whenever one has changed, until they are as wanted.
     *
     * @return whether they came to be; if not, it is long ago that they should have
     */
    boolean await(Predicate<Map<String, List<EndpointSlice>>> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        boolean met = wanted.test(slices());
        while (!met && events.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            events.drainPermits();
            met = wanted.test(slices());
        }
        return met;
    }

    @Override
    public void close() {
        informer.close();
    }

    private final class Signal implements ResourceEventHandler<EndpointSlice> {

        @Override
        public void onAdd(EndpointSlice slice) {
            events.release();
        }

        @Override
        public void onUpdate(EndpointSlice before, EndpointSlice slice) {
            events.release();
        }

        @Override
        public void onDelete(EndpointSlice slice, boolean unknown) {
            events.release();
        }
    }
}
