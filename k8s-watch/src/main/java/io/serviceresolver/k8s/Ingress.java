package io.serviceresolver.k8s;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A point of ingress of a load balancer ({@code status.loadBalancer.ingress[]}): an address, or a name for it.
 *
 * @param ip its address in canonical form, or null where it has a name
 * @param hostname its DNS name, or null where it has an address
 * @param failedPorts the ports that it does not serve, for it reports an error for each
 */
record Ingress(@Nullable String ip, @Nullable String hostname, Set<Integer> failedPorts) {

    /** Copies the set. */
    Ingress {
        failedPorts = Set.copyOf(failedPorts);
    }
}
