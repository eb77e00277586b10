package io.serviceresolver;

import io.serviceresolver.endpoint.AddressPolicy;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.source.EndpointSource;
import io.serviceresolver.source.EndpointSource.Origin;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps addresses out that others wrote and that may not be called. Confined to the event loop. */
final class AddressGate {

    private static final Logger log = LoggerFactory.getLogger(AddressGate.class);

    private final EndpointSource source;
    private final AddressPolicy policy;

    /** The last set that was found, and what was let in of it. */
    private EndpointSet found = EndpointSet.EMPTY;

    private EndpointSet admitted = EndpointSet.EMPTY;
    private String refusals = "";

    AddressGate(EndpointSource source, AddressPolicy policy) {
        this.source = source;
        this.policy = policy;
    }

    EndpointSet admit(EndpointSet now) {
        if (now != found) {
            EndpointSet before = found;
            found = now;
            boolean allIn = refusals.isEmpty()
                    && now.changesSince(before).added().stream().noneMatch(this::isRefused);
            if (allIn) {
                admitted = now;
            } else {
                sort(now);
            }
        }
        return admitted;
    }

    private void sort(EndpointSet now) {
        List<Endpoint> refused =
                now.endpoints().stream().filter(this::isRefused).toList();
        String before = refusals;
        if (refused.isEmpty()) {
            admitted = now;
            refusals = "";
        } else {
            admitted = admitted.next(
                    now.endpoints().stream().filter(one -> !isRefused(one)).toList(), now.traits());
            String first = refused.get(0).address();
            refusals = ", " + refused.size() + " refused (" + first + ": "
                    + policy.refusal(first).orElseThrow() + ")";
        }
        if (!refusals.isEmpty() && !refusals.equals(before)) {
            log.warn("{}: {} endpoints{}", source.name(), now.size(), refusals);
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
