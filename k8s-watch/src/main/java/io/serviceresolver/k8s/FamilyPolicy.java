package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.IpFamily;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * By which family of addresses endpoints are called. A Pod with an address of each family is one endpoint, whatever the
 * policy. Immutable.
 */
public final class FamilyPolicy {

    private static final FamilyPolicy AUTOMATIC = new FamilyPolicy(List.of(), Rule.AUTOMATIC);
    private static final FamilyPolicy DUAL_STACK = new FamilyPolicy(List.of(), Rule.DUAL_STACK);

    private enum Rule {
        AUTOMATIC,
        DUAL_STACK,
        FIXED
    }

    /** Those that may be called, in order; what the Service and this host say where it is empty. */
    private final List<IpFamily> fixed;

    private final Rule rule;

    private FamilyPolicy(List<IpFamily> fixed, Rule rule) {
        this.fixed = fixed;
        this.rule = rule;
    }

    /**
     * The default: the first of the Service's {@code ipFamilies} that this host has an address of. Endpoints whose only
     * address is of a family that this host has none of are left out. Where the addresses of this host are not known, it
     * is taken to have both.
     */
    public static FamilyPolicy automatic() {
        return AUTOMATIC;
    }

    /**
     * This family and no other, whatever addresses this host has. A Service without addresses of it is refused.
     *
     * @param family the family
     * @return the policy
     */
    public static FamilyPolicy only(IpFamily family) {
        return new FamilyPolicy(List.of(family), Rule.FIXED);
    }

    /**
     * This family where an endpoint has an address of it, else the other one, whatever addresses this host has.
     *
     * @param family the family
     * @return the policy
     */
    public static FamilyPolicy prefer(IpFamily family) {
        return new FamilyPolicy(completed(List.of(family)), Rule.FIXED);
    }

    /** As {@link #automatic}; but a Service that has not both families is refused. */
    public static FamilyPolicy requireDualStack() {
        return DUAL_STACK;
    }

    /** Whether it asks of the Service object what slices do not say. */
    boolean needsService() {
        return rule == Rule.DUAL_STACK;
    }

    /** Why a Service is refused, for the families that it has. */
    Optional<String> refusal(ServiceView service) {
        return rule == Rule.DUAL_STACK && service.families().size() < 2
                ? Optional.of("ipFamilies: " + shown(service.families())
                        + " (expected: IPv4 and IPv6, as ipFamilyPolicy: RequireDualStack has it)")
                : Optional.empty();
    }

    /**
     * Which addresses may be called.
     *
     * @param stated the families that the Service has, in its order; empty where that is not known
     * @param reachable the families that this host has addresses of
     */
    FamilyOrder order(List<IpFamily> stated, Set<IpFamily> reachable) {
        if (rule == Rule.FIXED) {
            return new FamilyOrder(fixed, "the family asked for");
        }
        List<IpFamily> order =
                completed(stated).stream().filter(reachable::contains).toList();
        return new FamilyOrder(
                order, "this host has no address of another family; FamilyPolicy.prefer calls it nevertheless");
    }

    private static List<IpFamily> completed(List<IpFamily> first) {
        List<IpFamily> all = new ArrayList<>(first);
        EnumSet.allOf(IpFamily.class).stream()
                .filter(family -> !first.contains(family))
                .forEach(all::add);
        return List.copyOf(all);
    }

    static String shown(Collection<IpFamily> families) {
        return families.isEmpty()
                ? "none"
                : String.join(" and ", families.stream().map(IpFamily::apiName).toList());
    }

    /** {@code automatic}, {@code requireDualStack}, or the families in order. */
    @Override
    public String toString() {
        return switch (rule) {
            case AUTOMATIC -> "automatic";
            case DUAL_STACK -> "requireDualStack";
            case FIXED -> fixed.toString();
        };
    }
}
