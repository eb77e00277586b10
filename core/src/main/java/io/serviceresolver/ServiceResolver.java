package io.serviceresolver;

import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.PodSelection;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.selector.LabelSelector;
import io.serviceresolver.source.Subscription;
import java.util.List;

/**
 * Finds the endpoints behind Kubernetes Services and picks one for each call. Thread-safe.
 *
 * <p>{@link #resolve(String)} is all that a simple program needs. Whoever calls a service often keeps its
 * {@linkplain #service(String) handle}; whoever needs other sources or another balancer uses the {@link #builder()}.
 */
public interface ServiceResolver extends AutoCloseable {

    /**
     * Picks an endpoint by the resolver that the whole process shares.
     *
     * @param service {@code skippy}, {@code skippy.shield}, {@code skippy.shield.svc} or
     *     {@code skippy.shield.svc.cluster.local}, with {@code :port} behind it if wished
     * @return an endpoint that may be called now
     * @throws NoEndpointsException if there is none, or none became known in time; the message says what each source
     *     answered
     * @throws IllegalArgumentException if the name is not valid
     */
    static Endpoint resolve(String service) {
        return shared().service(service).resolve();
    }

    /**
     * The resolver that the whole process shares, made by {@link #create()} when it is first asked for. After it was
     * closed, a new one is made.
     *
     * @return the shared resolver
     */
    static ServiceResolver shared() {
        return SharedResolver.get();
    }

    /**
     * A resolver with the sources found on the class path, in their order: normally the watch on EndpointSlices where
     * this process runs in a cluster, then cluster DNS, then environment variables.
     *
     * @return a new resolver: close it
     */
    static ServiceResolver create() {
        return builder().build();
    }

    /** Starts a resolver whose parts are chosen. */
    static ServiceResolverBuilder builder() {
        return new ServiceResolverBuilder();
    }

    /**
     * The handle of a service; the same one each time while the service is in use.
     *
     * @param service {@code skippy}, {@code skippy.shield}, {@code skippy.shield.svc} or
     *     {@code skippy.shield.svc.cluster.local}, with {@code :port} behind it if wished
     * @return the handle; it is there at once, whether the service exists or not
     * @throws IllegalArgumentException if the name is not valid
     * @throws IllegalStateException if the resolver is closed
     */
    ServiceHandle service(String service);

    /**
     * The handle of a service.
     *
     * @param service the service
     * @return the handle; it is there at once, whether the service exists or not
     * @throws IllegalStateException if the resolver is closed
     */
    ServiceHandle service(ServiceName service);

    /**
     * The handle of the Pods of our own namespace that a selector finds, without any Service: live as Pods come, go, and
     * change their labels or their readiness. Of the sources that come with the library the watch can do this.
     *
     * @param selector in the API server's notation: {@code zone=prod,ver in (v1,v2)}
     * @param port the port of the Pods to call
     * @return the handle; it is there at once, whether there are such Pods or not
     * @throws IllegalArgumentException if the selector is not valid, or selects everything
     * @throws IllegalStateException if the resolver is closed
     */
    default ServiceHandle select(String selector, int port) {
        return select(new PodSelection(cluster().namespace(), LabelSelector.parse(selector), ServicePort.number(port)));
    }

    /**
     * The handle of the Pods that a selector finds.
     *
     * @param pods the Pods, in any namespace
     * @return the handle; it is there at once, whether there are such Pods or not
     * @throws IllegalStateException if the resolver is closed
     */
    ServiceHandle select(PodSelection pods);

    /**
     * Tells a listener of all services followed now, and of each one that comes and goes.
     *
     * @param listener hears of them
     * @return ends it
     */
    Subscription addListener(ResolverListener listener);

    /** Figures of the sources of this resolver, in the order of preference. */
    List<SourceStats> sources();

    /** What names mean to this resolver. */
    ClusterContext cluster();

    /**
     * Lets go of all sources and threads. Leases go on counting until they are closed; whoever waits gets an
     * {@link IllegalStateException}. Again: no effect.
     */
    @Override
    void close();
}
