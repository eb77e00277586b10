package io.serviceresolver.dns;

import io.serviceresolver.endpoint.Endpoint;
import java.util.List;

/** What one refresh found out about a service. A TTL is in seconds, as the server wrote it. */
sealed interface Resolution {

    /**
     * It has endpoints.
     *
     * @param endpoints one or more, in no order
     * @param family the family of their addresses
     * @param ttl how long that holds
     * @param certainty whether another set may be better
     */
    record Endpoints(List<Endpoint> endpoints, Family family, long ttl, Addresses.Certainty certainty)
            implements Resolution {}

    /**
     * It exists and has none.
     *
     * @param ttl how long that holds
     */
    record Empty(long ttl) implements Resolution {}

    /**
     * It does not exist, as far as DNS can tell.
     *
     * @param reason for an error message
     * @param ttl how long that holds
     */
    record Absent(String reason, long ttl) implements Resolution {}

    /**
     * It remains unknown.
     *
     * @param reason why, and what to do about it, for an error message
     */
    record Failed(String reason) implements Resolution {}

    /** What a result without records means for the service. */
    static Resolution without(LookupResult result) {
        if (result instanceof LookupResult.NxDomain absent) {
            return new Absent(absent.reason(), absent.ttl());
        }
        if (result instanceof LookupResult.NoData empty) {
            return new Empty(empty.ttl());
        }
        return new Failed(result instanceof LookupResult.Failed failed ? failed.reason() : "unexpected records");
    }
}
