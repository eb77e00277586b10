package io.serviceresolver.routing;

import io.serviceresolver.text.BadInput;
import java.util.OptionalDouble;

/**
 * How calls prefer the zone that this process runs in, without making its endpoints busier than others (Envoy's zone-aware
 * routing). Immutable; off by default, as kube-proxy spreads calls over all zones.
 *
 * <p>Our zone gets calls up to its fair share, and {@link #headroom} beyond; the rest goes to the other zones by what they
 * have to spare. A zone's fair share is its capacity, which is the weight of its endpoints that are not left alone, in relation
 * to the callers in it. Where callers are is not known: they are taken to be spread evenly over the zones, unless
 * {@link #withOwnCallers} says otherwise. So with 3 zones of 4, 4 and 2 endpoints all calls from the first zone stay there,
 * and 72 % of those from the third.
 *
 * <p>Where calls to our zone fare worse than those to the others, more of them go there: every {@value #INTERVAL_SECONDS}
 * seconds, when the time for a call that goes well (the mean latency, divided by the share of successes) is longer than
 * elsewhere by {@link #loadFactor}, our zone's share falls by 30 %, to a tenth of the fair one at least; when it is not, it
 * rises by a tenth of it again. So that there is something to compare with, {@link #exploration} of the calls go to the
 * others always. It is learnt from leases; latencies count as far as calls are timed, which outlier detection does for one in
 * eight.
 *
 * <p>Hints go first ({@code trafficDistribution}, topology aware routing), as in kube-proxy: this policy works on the endpoints
 * that they leave, by the zone of each. It needs no hints itself. It does nothing where our zone is not known, where there are
 * less than {@link #minEndpoints} endpoints, where none of them is in our zone, or all are.
 *
 * @param headroom how many times its fair share our zone may get: 1 or more
 * @param minEndpoints with how many endpoints it begins: 1 or more
 * @param ownCallers the share of all callers that run in our zone: above 0, 1 at most; empty for an even spread
 * @param loadFactor how many times as long as elsewhere a successful call may take: above 1; infinity disables this
 * @param exploration the least share of calls to other zones, while there is a load factor: 0 to 0.5
 */
public record LocalityPolicy(
        double headroom, int minEndpoints, OptionalDouble ownCallers, double loadFactor, double exploration) {

    /** How often zones are compared, in seconds. */
    public static final int INTERVAL_SECONDS = 5;

    private static final LocalityPolicy OFF =
            new LocalityPolicy(1.2, Integer.MAX_VALUE, OptionalDouble.empty(), Double.POSITIVE_INFINITY, 0);
    private static final LocalityPolicy PREFER_OWN_ZONE = new LocalityPolicy(1.2, 6, OptionalDouble.empty(), 2, 0.01);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one of them is out of range
     */
    public LocalityPolicy {
        require(headroom >= 1 && headroom <= Double.MAX_VALUE, "headroom", headroom, "1 or more, and finite");
        require(minEndpoints >= 1, "minEndpoints", minEndpoints, "1 or more");
        double callers = ownCallers.orElse(1);
        require(callers > 0 && callers <= 1, "ownCallers", callers, "above 0, 1 at most");
        require(loadFactor > 1, "loadFactor", loadFactor, "above 1");
        require(exploration >= 0 && exploration <= 0.5, "exploration", exploration, "0 to 0.5");
    }

    private static void require(boolean good, String what, Number value, String expected) {
        if (!good) {
            throw BadInput.of(what, value.toString(), expected);
        }
    }

    /** Zones make no difference. */
    public static LocalityPolicy off() {
        return OFF;
    }

    /** Our own zone first: headroom 1.2, from 6 endpoints on, load factor 2, exploration of 1 %. */
    public static LocalityPolicy preferOwnZone() {
        return PREFER_OWN_ZONE;
    }

    /**
     * This policy with another headroom.
     *
     * @param times how many times its fair share our zone may get: 1 for all endpoints alike, more for fewer calls across zones
     * @return the new policy
     * @throws IllegalArgumentException if it is less than 1
     */
    public LocalityPolicy withHeadroom(double times) {
        return new LocalityPolicy(times, minEndpoints, ownCallers, loadFactor, exploration);
    }

    /**
     * This policy with another least number of endpoints.
     *
     * @param number with how many endpoints it begins: 1 or more
     * @return the new policy
     * @throws IllegalArgumentException if it is less
     */
    public LocalityPolicy withMinEndpoints(int number) {
        return new LocalityPolicy(headroom, number, ownCallers, loadFactor, exploration);
    }

    /**
     * This policy for callers that are not spread evenly.
     *
     * @param share the share of all callers that run in our zone: above 0, 1 at most
     * @return the new policy
     * @throws IllegalArgumentException if it is out of range
     */
    public LocalityPolicy withOwnCallers(double share) {
        return new LocalityPolicy(headroom, minEndpoints, OptionalDouble.of(share), loadFactor, exploration);
    }

    /**
     * This policy with another comparison of zones.
     *
     * @param factor how many times as long as elsewhere a successful call may take: above 1; infinity disables this
     * @param explored the least share of calls to other zones: 0 to 0.5
     * @return the new policy
     * @throws IllegalArgumentException if one of them is out of range
     */
    public LocalityPolicy withLoadFactor(double factor, double explored) {
        return new LocalityPolicy(headroom, minEndpoints, ownCallers, factor, explored);
    }

    /** Whether zones make a difference. */
    public boolean isEnabled() {
        return minEndpoints < Integer.MAX_VALUE;
    }

    /** Whether zones are compared by how calls fare. */
    public boolean isLoadAware() {
        return isEnabled() && !Double.isInfinite(loadFactor);
    }
}
