package io.serviceresolver.dns;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.ServiceName;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts endpoints in an order that does not depend on that of the answer, and limits their number. Which ones stay
 * differs from process to process, so that none is left out by all, and is the same from refresh to refresh.
 */
final class EndpointCap {

    private static final Logger LOG = LoggerFactory.getLogger(EndpointCap.class);
    private static final int MIX = 0x9E3779B9;

    private final int max;
    private final ServiceName service;
    private final int seed;

    /** Whether the last set was too large, so that a warning is given once; written by the scheduler's thread. */
    private boolean over;

    EndpointCap(int max, ServiceName service, int seed) {
        this.max = max;
        this.service = service;
        this.seed = seed;
    }

    List<Endpoint> limit(List<Endpoint> endpoints) {
        if (endpoints.size() > max && !over) {
            LOG.warn("{} has {} addresses in DNS; {} of them are used", service, endpoints.size(), max);
        }
        over = endpoints.size() > max;
        Comparator<Endpoint> order = Comparator.comparing(Endpoint::address)
                .thenComparing(Endpoint::port)
                .thenComparing(endpoint -> endpoint.hostname().orElse(""));
        return over
                ? endpoints.stream()
                        .sorted(Comparator.comparingInt(this::rank).thenComparing(order))
                        .limit(max)
                        .sorted(order)
                        .toList()
                : endpoints.stream().sorted(order).toList();
    }

    private int rank(Endpoint endpoint) {
        int hash = (endpoint.address().hashCode() ^ seed) * MIX;
        return hash ^ hash >>> 15;
    }
}
