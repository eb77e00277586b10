package io.serviceresolver.routing;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.text.BadInput;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/**
 * Where calls may go, and in which shares, before a balancer chooses. It works on what kube-proxy would choose from: traffic
 * policy, conditions and hints go first. Then follow, in this order, {@linkplain Subsetting subsetting}, health with its
 * {@linkplain PanicPolicy panic}, priorities, and {@linkplain LocalityPolicy zones} within each priority; where that makes
 * several tiers of endpoints, each tier has a balancer of its own and gets its share of the calls at random, or by the key of
 * a call that has one. Weights hold within a tier. Immutable; each {@code with} method makes a new policy.
 *
 * <p>Functions of endpoints are called on the resolver's event loop, whenever endpoints change: they must be quick, and give
 * the same answer for the same endpoint.
 *
 * @param weights how many calls an endpoint is to get in relation to others; empty where all are alike
 * @param slowStart how an endpoint that is new gets its full share
 * @param priorities which endpoints are to be called only when those before them are not enough; empty where all are alike
 * @param locality how calls prefer our own zone
 * @param subsetting which endpoints this client uses where there are many
 * @param panic what happens where too few endpoints are healthy
 * @param podLabels whether the functions look at labels that only Pods bear, which sources have to find out
 */
public record RoutingPolicy(
        Optional<ToDoubleFunction<Endpoint>> weights,
        SlowStart slowStart,
        Optional<ToIntFunction<Endpoint>> priorities,
        LocalityPolicy locality,
        Subsetting subsetting,
        PanicPolicy panic,
        boolean podLabels) {

    /** The least weight of an endpoint: {@value}. */
    public static final double MIN_WEIGHT = 1e-6;

    /** The greatest weight of an endpoint: {@value}. */
    public static final double MAX_WEIGHT = 1e6;

    /** How many times the calls that it has to take a priority could take when all its endpoints are healthy: {@value}. */
    public static final double OVERPROVISIONING = 1.4;

    private static final RoutingPolicy STANDARD = new RoutingPolicy(
            Optional.empty(),
            SlowStart.off(),
            Optional.empty(),
            LocalityPolicy.off(),
            Subsetting.off(),
            PanicPolicy.standard(),
            false);

    /** All endpoints alike: just what kube-proxy would choose from. */
    public static RoutingPolicy standard() {
        return STANDARD;
    }

    /**
     * This policy with weights: an endpoint of weight 2 is to get twice as many calls as one of weight 1. Where the function
     * answers with anything but a number from {@link #MIN_WEIGHT} to {@link #MAX_WEIGHT}, or throws, the weight is 1, which
     * is logged and explained.
     *
     * @param function the weight of an endpoint; see {@link #withPodLabels} where it looks at labels
     * @return the new policy
     */
    public RoutingPolicy withWeights(ToDoubleFunction<Endpoint> function) {
        return new RoutingPolicy(Optional.of(function), slowStart, priorities, locality, subsetting, panic, podLabels);
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
        return new RoutingPolicy(weights, policy, priorities, locality, subsetting, panic, podLabels);
    }

    /**
     * This policy with priorities (Envoy's priority levels): endpoints of priority 0 are called first. While the healthy ones
     * are enough, which they are as long as {@link #OVERPROVISIONING} times their share is one or more (71 % of them), they
     * get all calls; below that each priority gets so many calls as its healthy share times {@link #OVERPROVISIONING} allows,
     * and the next one the rest. Where all priorities together are not enough, the calls are divided in proportion, and a
     * priority below the panic threshold panics. Healthy are those that are ready and not left alone; those that terminate do
     * not count.
     *
     * <p>By default at most half of all endpoints are left alone because of how calls to them end, whatever their priorities:
     * where the first priority is larger than the others, {@code OutlierPolicy.withMaxEjected} has to allow more for it to
     * be given up altogether.
     *
     * @param function the priority of an endpoint: 0 or more, and 0 where it throws or answers with less, which is explained;
     *     see {@link #withPodLabels} where it looks at labels
     * @return the new policy
     */
    public RoutingPolicy withPriorities(ToIntFunction<Endpoint> function) {
        return new RoutingPolicy(weights, slowStart, Optional.of(function), locality, subsetting, panic, podLabels);
    }

    /**
     * This policy with another preference of zones.
     *
     * @param policy {@link LocalityPolicy#off()} for none, as by default
     * @return the new policy
     */
    public RoutingPolicy withLocality(LocalityPolicy policy) {
        return new RoutingPolicy(weights, slowStart, priorities, policy, subsetting, panic, podLabels);
    }

    /**
     * This policy with another subset.
     *
     * @param policy {@link Subsetting#off()} for all endpoints, as by default
     * @return the new policy
     */
    public RoutingPolicy withSubsetting(Subsetting policy) {
        return new RoutingPolicy(weights, slowStart, priorities, locality, policy, panic, podLabels);
    }

    /**
     * This policy with another panic.
     *
     * @param policy {@link PanicPolicy#standard()} by default
     * @return the new policy
     */
    public RoutingPolicy withPanic(PanicPolicy policy) {
        return new RoutingPolicy(weights, slowStart, priorities, locality, subsetting, policy, podLabels);
    }

    /**
     * This policy with functions that look at labels that only Pods bear: sources find them out for each service, as they do
     * for {@code subset(...)}. Until they have, and where they cannot, endpoints do not have these labels.
     */
    public RoutingPolicy withPodLabels() {
        return new RoutingPolicy(weights, slowStart, priorities, locality, subsetting, panic, true);
    }

    /** Whether weights can differ. */
    public boolean isWeighted() {
        return weights.isPresent() || slowStart.isEnabled();
    }
}
