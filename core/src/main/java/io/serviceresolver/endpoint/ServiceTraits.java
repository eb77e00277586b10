package io.serviceresolver.endpoint;

import java.time.Duration;

/**
 * What holds for a whole Service, and decides which of its endpoints may be called. Immutable.
 *
 * @param internalTrafficPolicy which endpoints callers inside the cluster may use
 * @param sessionAffinity for how long after its last call a client is kept to its endpoint
 *     ({@code sessionAffinity: ClientIP}); zero: it is not
 * @param podLabels whether the endpoints bear the labels of their Pods
 */
public record ServiceTraits(
        InternalTrafficPolicy internalTrafficPolicy, Duration sessionAffinity, PodLabels podLabels) {

    /** Those of a Service that states nothing, with all labels known. */
    public static final ServiceTraits DEFAULT =
            new ServiceTraits(InternalTrafficPolicy.CLUSTER, Duration.ZERO, PodLabels.KNOWN);

    /**
     * These traits, with something else known of the labels.
     *
     * @param labels whether the endpoints bear the labels of their Pods
     * @return the new traits
     */
    public ServiceTraits withPodLabels(PodLabels labels) {
        return new ServiceTraits(internalTrafficPolicy, sessionAffinity, labels);
    }
}
