package io.serviceresolver.k8s;

import io.serviceresolver.source.EndpointSource;
import io.serviceresolver.source.EndpointSourceProvider;
import java.util.Optional;

/** Offers an {@link EndpointSliceSource} to a resolver with the default configuration, where it runs in a Pod. */
public final class EndpointSliceSourceProvider implements EndpointSourceProvider {

    private static final int ORDER = 100;

    private final InCluster inCluster;

    /** For {@link java.util.ServiceLoader}: looks at the environment and at the files of this process. */
    public EndpointSliceSourceProvider() {
        this(new InCluster(System.getenv(), InCluster.SERVICE_ACCOUNT));
    }

    EndpointSliceSourceProvider(InCluster inCluster) {
        this.inCluster = inCluster;
    }

    @Override
    public int order() {
        return ORDER;
    }

    /**
     * Makes the source, if there is reason to believe that it works. That is where {@code KUBERNETES_SERVICE_HOST} is set and the Pod has a service account's token.
     */
    @Override
    public Optional<EndpointSource> create() {
        return inCluster.isAvailable()
                ? Optional.of(EndpointSliceSource.builder().inCluster(inCluster).build())
                : Optional.empty();
    }
}
