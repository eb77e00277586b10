package io.serviceresolver.balancer;

import io.serviceresolver.endpoint.Endpoint;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What endpoints are known by to balancers that hash. */
final class Identities {

    private Identities() {}

    /**
     * A hash of each candidate that outlives its address where that is possible: of the host name that the Pod of a
     * StatefulSet keeps, unless several share it, and else of address and port.
     */
    static long[] hashes(List<? extends Candidate> candidates) {
        Set<String> names = new HashSet<>();
        Set<String> shared = candidates.stream()
                .map(one -> name(one.endpoint()))
                .filter(name -> !names.add(name))
                .collect(Collectors.toSet());
        return candidates.stream()
                .map(Candidate::endpoint)
                .map(one -> shared.contains(name(one)) ? one.authority() : name(one))
                .mapToLong(StableHash::of)
                .toArray();
    }

    private static String name(Endpoint endpoint) {
        return endpoint.hostname().orElseGet(endpoint::authority);
    }
}
