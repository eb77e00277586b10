package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.IpFamily;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The families of addresses that may be called.
 *
 * @param families those, the preferred one first
 * @param because why these, for an error message
 */
record FamilyOrder(List<IpFamily> families, String because) {

    /** Copies the list. */
    FamilyOrder {
        families = List.copyOf(families);
    }

    /** The addresses of the first family that there is any of: they lead to one and the same. */
    List<String> pick(Collection<String> addresses) {
        for (IpFamily family : families) {
            List<String> ofFamily = addresses.stream()
                    .filter(address -> IpFamily.of(address) == family)
                    .distinct()
                    .toList();
            if (!ofFamily.isEmpty()) {
                return ofFamily;
            }
        }
        return List.of();
    }

    /** These families only. */
    FamilyOrder within(List<IpFamily> stated) {
        return stated.isEmpty()
                ? this
                : new FamilyOrder(families.stream().filter(stated::contains).toList(), because);
    }

    /** Why there is nothing to call, though there are these addresses. */
    String refusal(Collection<String> addresses) {
        Set<IpFamily> present = EnumSet.noneOf(IpFamily.class);
        addresses.forEach(address -> present.add(IpFamily.of(address)));
        return "ipFamilies: " + FamilyPolicy.shown(present) + " (expected: " + FamilyPolicy.shown(families) + ": "
                + because + ")";
    }
}
