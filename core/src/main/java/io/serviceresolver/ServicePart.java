package io.serviceresolver;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.PodLabels;
import io.serviceresolver.filter.EndpointFilter;
import io.serviceresolver.filter.EndpointFilters;
import io.serviceresolver.selector.LabelSelector;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which part of a service a handle picks from.
 *
 * @param selector the labels of that part; everything for the whole service
 */
record ServicePart(LabelSelector selector) {

    /** The labels that every source gives an endpoint whose node and zone it knows. */
    private static final Set<String> NODE_LABELS = Set.of("topology.kubernetes.io/zone", "kubernetes.io/hostname");

    boolean isWhole() {
        return selector.isEverything();
    }

    /** Whether it is selected by labels that only Pods bear. */
    boolean needsPodLabels() {
        return selector.requirements().stream().anyMatch(one -> !NODE_LABELS.contains(one.key()));
    }

    /** Whether it cannot be told yet which endpoints belong to it. */
    boolean awaitsLabels(EndpointSet all) {
        return lacksLabels(all) && all.traits().podLabels().status() == PodLabels.Status.PENDING;
    }

    /** Why it cannot be told which endpoints belong to it; nothing where it can. */
    Optional<String> lackOfLabels(EndpointSet all) {
        return lacksLabels(all) ? Optional.of(all.traits().podLabels().reason()) : Optional.empty();
    }

    private boolean lacksLabels(EndpointSet all) {
        return !isWhole() && all.traits().podLabels().status() != PodLabels.Status.KNOWN && needsPodLabels();
    }

    EndpointFilter filter() {
        return EndpointFilters.subset(selector);
    }

    /**
     * The part of a set. While labels are not known yet, those stay that were in the part before.
     *
     * @param all the whole service
     * @param before this part as it was
     */
    EndpointSet of(EndpointSet all, EndpointSet before) {
        if (isWhole()) {
            return all;
        }
        List<Endpoint> members = awaitsLabels(all)
                ? all.endpoints().stream()
                        .filter(endpoint -> before.find(endpoint.id()).isPresent())
                        .toList()
                : filter().apply(all.endpoints());
        return before.next(members, all.traits());
    }

    /** Nothing for the whole service, else the selector in brackets. */
    @Override
    public String toString() {
        return isWhole() ? "" : "[" + selector + "]";
    }
}
