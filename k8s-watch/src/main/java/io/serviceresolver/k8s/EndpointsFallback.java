package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.EndpointId;
import io.serviceresolver.endpoint.ServiceName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between the watch on the slices of one Service and who wants to know. Where slices cannot be had, as their API is
 * not served or we may not read it, it follows the Service's Endpoints object instead, until slices come; they are asked
 * for again all the while. Where neither can be had, what is wrong with the slices is what counts. Used by the scheduler's
 * thread.
 */
final class EndpointsFallback implements ReflectorState<Slice> {

    private static final Logger log = LoggerFactory.getLogger(EndpointSliceSource.class);

    private final ServiceName service;
    private final ApiResource resource;
    private final FeedScope scope;
    private final ReflectorState<Slice> target;

    /** What follows the Endpoints object; null while slices are followed, or neither. */
    private @Nullable Legacy legacy;

    /**
     * Prepares it.
     *
     * @param service the Service
     * @param scope what the feeds share
     * @param target is kept current, by slices or by what amounts to them
     */
    EndpointsFallback(ServiceName service, FeedScope scope, ReflectorState<Slice> target) {
        this.service = service;
        this.resource = ApiResource.endpointsOf(service);
        this.scope = scope;
        this.target = target;
    }

    void close() {
        if (legacy != null) {
            legacy.reflector.close();
            legacy = null;
        }
    }

    @Override
    public boolean replaceAll(List<Slice> items) {
        if (legacy != null && legacy.current) {
            log.info("{}: EndpointSlices again, in place of the Endpoints object", service);
        }
        close();
        return target.replaceAll(items);
    }

    @Override
    public void put(Slice item) {
        target.put(item);
    }

    @Override
    public void remove(String name) {
        target.remove(name);
    }

    @Override
    public boolean isEmpty() {
        return target.isEmpty();
    }

    @Override
    public void changed() {
        if (legacy == null) {
            target.changed();
        }
    }

    @Override
    public void live() {
        if (legacy == null) {
            target.live();
        }
    }

    @Override
    public void lost(ApiFailure failure) {
        if (legacy != null) {
            legacy.slices = failure;
        } else if (failure.lasting()) {
            legacy = new Legacy(failure);
            legacy.reflector.list();
        } else {
            target.lost(failure);
        }
    }

    /** The Endpoints object, followed. */
    private final class Legacy implements ReflectorState<LegacyEndpoints> {

        final Reflector<LegacyEndpoints> reflector;

        /** Why there are no slices. */
        ApiFailure slices;

        /** Whether it was current once. */
        boolean current;

        private List<Slice> known = List.of();
        private boolean truncated;

        Legacy(ApiFailure slices) {
            this.slices = slices;
            Complaints complaints = new Complaints(log, scope.context().ticker());
            this.reflector = scope.reflector(resource, new EndpointsReader(service, complaints, scope.parts()), this);
        }

        @Override
        public boolean replaceAll(List<LegacyEndpoints> items) {
            LegacyEndpoints now = items.isEmpty() ? new LegacyEndpoints(List.of(), false) : items.get(0);
            if (now.isTruncated() && !truncated) {
                log.warn(
                        "{}: the Endpoints object holds 1000 endpoints of more"
                                + " (expected: the right to read EndpointSlices: {})",
                        service,
                        AccessHint.explain(slices, ApiResource.slicesOf(service)));
            }
            truncated = now.isTruncated();
            // One object says all at once: what it no longer has is not on its way from one place to another.
            leave(now.slices()).forEach(target::put);
            known = now.slices();
            return target.replaceAll(now.slices());
        }

        /** The slices that there were, with those as gone that are not in these. */
        private List<Slice> leave(List<Slice> now) {
            Set<EndpointId> staying = new HashSet<>();
            now.forEach(slice -> slice.endpoints().forEach(endpoint -> staying.add(Slice.key(endpoint))));
            return known.stream()
                    .map(slice -> slice.with(slice.endpoints().stream()
                            .map(endpoint -> staying.contains(Slice.key(endpoint))
                                    ? endpoint
                                    : endpoint.toBuilder()
                                            .conditions(Conditions.GONE)
                                            .build())
                            .toList()))
                    .toList();
        }

        @Override
        public void put(LegacyEndpoints item) {
            replaceAll(List.of(item));
        }

        @Override
        public void remove(String name) {
            replaceAll(List.of());
        }

        @Override
        public boolean isEmpty() {
            return known.isEmpty();
        }

        @Override
        public void changed() {
            target.changed();
        }

        @Override
        public void live() {
            if (!current) {
                current = true;
                log.info("{}: following the Endpoints object instead of EndpointSlices: {}", service, slices.reason());
            }
            target.live();
        }

        @Override
        public void lost(ApiFailure failure) {
            log.debug("{}: {}", service, failure.reason());
            if (failure.lasting()) {
                // The slices will be asked for again, and this after them.
                close();
                target.lost(slices);
            } else {
                target.lost(failure);
            }
        }
    }
}
