package io.serviceresolver.routing;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.text.BadInput;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Where calls may go, and in which shares, before a balancer chooses. It works on what kube-proxy would choose from: traffic
 * policy, conditions and hints go first. Immutable; each {@code with} method makes a new policy.
 *
 * <p>Functions of endpoints are called on the resolver's event loop, whenever endpoints change: they must be quick, and give
 * the same answer for the same endpoint.
 *
 * @param weights how many calls an endpoint is to get in relation to others; empty where all are alike
 * @param slowStart how an endpoint that is new gets its full share
 * @param podLabels whether the functions look at labels that only Pods bear, which sources have to find out
 */
public record RoutingPolicy(Optional<ToDoubleFunction<Endpoint>> weights, SlowStart slowStart, boolean podLabels) {

    /** The least weight of an endpoint: {@value}. */
    public static final double MIN_WEIGHT = 1e-6;

    /** The greatest weight of an endpoint: {@value}. */
    public static final double MAX_WEIGHT = 1e6;

    private static final RoutingPolicy STANDARD = new RoutingPolicy(Optional.empty(), SlowStart.off(), false);

    /** All endpoints alike: just what kube-proxy would choose from. */
    public static RoutingPolicy standard() {
        return STANDARD;
    }

    /**
     * This policy with weights: an endpoint of weight 2 is to get twice as many calls as one of weight 1. Where
     * the function answers with anything but a number from {@link #MIN_WEIGHT} to {@link #MAX_WEIGHT}, or throws, the weight
     * is 1, which is logged and explained.
     *
     * @param function the weight of an endpoint, 1 by default; see {@link #withPodLabels} where it looks at labels
     * @return the new policy
     */
    public RoutingPolicy withWeights(ToDoubleFunction<Endpoint> function) {
        return new RoutingPolicy(Optional.of(function), slowStart, podLabels);
    }

    /**
     * This policy with the weights that a label of each Pod states, such as {@code 0.5}: 1 where a Pod has no such label.
     *
     * @param label the key of the label
     * @return the new policy
     */
    public RoutingPolicy withWeightsByLabel(String label) {
        return withWeights(endpoint -> {
                    String value = endpoint.labels().getOrDefault(label, "1");
                    try {
                        return Double.parseDouble(value);
                    } catch (NumberFormatException e) {
                        throw BadInput.of(label, value, "a number");
                    }
                })
                .withPodLabels();
    }

    /**
     * This policy with a slow start.
     *
     * @param policy {@link SlowStart#off()} for none, as by default
     * @return the new policy
     */
    public RoutingPolicy withSlowStart(SlowStart policy) {
        return new RoutingPolicy(weights, policy, podLabels);
    }

    /**
     * This policy with functions that look at labels that only Pods bear: sources find them out for each service, as they do
     * for {@code subset(...)}. Until they have, and where they cannot, endpoints do not have these labels.
     */
    public RoutingPolicy withPodLabels() {
        return new RoutingPolicy(weights, slowStart, true);
    }

    /** Whether weights can differ. */
    public boolean isWeighted() {
        return weights.isPresent() || slowStart.isEnabled();
    }
}
