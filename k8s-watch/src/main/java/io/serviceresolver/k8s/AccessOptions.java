package io.serviceresolver.k8s;

import java.util.List;

/**
 * How Services are called.
 *
 * @param route on which way; AUTO means from outside a cluster here
 * @param nodeAddressTypes from which kinds of addresses of a node one is taken, the preferred kind first
 * @param families by which family of addresses
 * @param services whether Service objects are read
 * @param resolver looks names up
 */
record AccessOptions(
        Route route,
        List<NodeAddressType> nodeAddressTypes,
        FamilyPolicy families,
        Services services,
        HostLookup.Resolver resolver) {

    static final AccessOptions DEFAULTS = new AccessOptions(
            Route.POD,
            List.of(NodeAddressType.EXTERNAL_IP, NodeAddressType.INTERNAL_IP),
            FamilyPolicy.automatic(),
            Services.FOLLOWED,
            HostLookup.SYSTEM);

    /** Copies the list. */
    AccessOptions {
        nodeAddressTypes = List.copyOf(nodeAddressTypes);
    }

    /** Whether Service objects are read. */
    enum Services {
        FOLLOWED,
        LEFT_ALONE
    }

    AccessOptions with(Services other) {
        return new AccessOptions(route, nodeAddressTypes, families, other, resolver);
    }

    AccessOptions with(Route other) {
        return new AccessOptions(other, nodeAddressTypes, families, services, resolver);
    }

    AccessOptions with(FamilyPolicy other) {
        return new AccessOptions(route, nodeAddressTypes, other, services, resolver);
    }

    AccessOptions with(List<NodeAddressType> other) {
        return new AccessOptions(route, other, families, services, resolver);
    }

    AccessOptions with(HostLookup.Resolver other) {
        return new AccessOptions(route, nodeAddressTypes, families, services, other);
    }
}
