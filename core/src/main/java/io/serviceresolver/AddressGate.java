package io.serviceresolver;

import io.serviceresolver.endpoint.AddressPolicy;
import io.serviceresolver.endpoint.Changes;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointId;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.source.EndpointSource;
import io.serviceresolver.source.EndpointSource.Origin;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps addresses out that others wrote and that may not be called. Each is looked at when it comes, and not at each update.
 * Confined to the event loop.
 */
final class AddressGate {

    private static final Logger log = LoggerFactory.getLogger(AddressGate.class);

    /** Who writes addresses may change them often: what is new of them is in {@link #refusals} all the same. */
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

    private final EndpointSource source;
    private final AddressPolicy policy;

    /** The last set that was found, and what was let in of it. */
    private EndpointSet found = EndpointSet.EMPTY;

    private EndpointSet admitted = EndpointSet.EMPTY;

    /** What was not let in of it, and what is said of that. */
    private final Map<EndpointId, Endpoint> refused = new LinkedHashMap<>();

    private String refusals = "";
    private @Nullable Long saidNanos;

    AddressGate(EndpointSource source, AddressPolicy policy) {
        this.source = source;
        this.policy = policy;
    }

    EndpointSet admit(EndpointSet now, long nowNanos) {
        if (now != found) {
            Changes changes = now.changesSince(found);
            found = now;
            changes.removed().forEach(gone -> refused.remove(gone.id()));
            changes.added().stream().filter(this::isRefused).forEach(one -> refused.put(one.id(), one));
            admitted = refused.isEmpty()
                    ? now
                    : admitted.next(
                            now.endpoints().stream()
                                    .filter(one -> !refused.containsKey(one.id()))
                                    .toList(),
                            now.traits());
            report(nowNanos);
        }
        return admitted;
    }

    private void report(long nowNanos) {
        String before = refusals;
        if (refused.isEmpty()) {
            refusals = "";
            return;
        }
        String first = refused.values().iterator().next().address();
        refusals = ", " + refused.size() + " refused (" + first + ": "
                + policy.refusal(first).orElseThrow() + ")";
        boolean due = saidNanos == null || nowNanos - saidNanos >= TimeUnit.NANOSECONDS.convert(BETWEEN_LINES);
        if (due && !refusals.equals(before)) {
            saidNanos = nowNanos;
            log.warn("{}: {} endpoints{}", source.name(), found.size(), refusals);
        }
    }

    private boolean isRefused(Endpoint endpoint) {
        return refusal(endpoint).isPresent();
    }

    /** Why an endpoint may not be called by its address; nothing where it may. */
    Optional<String> refusal(Endpoint endpoint) {
        return source.origin() == Origin.LOCAL ? Optional.empty() : policy.refusal(endpoint.address());
    }

    /** The last set that was found, with what was refused of it. */
    EndpointSet found() {
        return found;
    }

    /** What was refused of the last set, to be put behind a report; empty where nothing was. */
    String refusals() {
        return refusals;
    }
}
