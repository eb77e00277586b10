package io.serviceresolver;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.Target;
import io.serviceresolver.text.Printable;
import java.util.ArrayList;
import java.util.List;

/**
 * What tells the endpoints of a service in use from those that its source was just told when it was asked anew. Immutable.
 * A change that is still on its way here shows for a moment; what stays is a fault.
 *
 * @param target the service, whatever part of it the handle picks from
 * @param source the name of the source that was asked anew
 * @param inUse how many endpoints are in use here
 * @param missing those that are there and not here
 * @param gone those that are here and no longer there
 * @param changed those of which something else is known there
 * @param traits what differs of what the Service states, such as {@code internalTrafficPolicy: Cluster -> Local}
 */
public record Drift(
        Target target,
        String source,
        int inUse,
        List<Endpoint> missing,
        List<Endpoint> gone,
        List<Change> changed,
        List<String> traits) {

    /** Copies the lists. */
    public Drift {
        missing = List.copyOf(missing);
        gone = List.copyOf(gone);
        changed = List.copyOf(changed);
        traits = List.copyOf(traits);
    }

    /**
     * An endpoint of which something other than the identity differs.
     *
     * @param here as it is in use
     * @param there as the source was told
     */
    public record Change(Endpoint here, Endpoint there) {}

    /** Whether there is none. */
    public boolean isNone() {
        return missing.isEmpty() && gone.isEmpty() && changed.isEmpty() && traits.isEmpty();
    }

    /** One line, and one more for each difference, for people: printable ASCII, without a line feed at the end. */
    public String text() {
        List<String> lines = new ArrayList<>();
        lines.add(target + ": " + (isNone() ? "no drift" : "drift") + " from " + source + ", " + inUse
                + " endpoints in use");
        missing.forEach(
                one -> lines.add("  missing here     " + shown(one) + "  " + EndpointText.of(one.conditions())));
        gone.forEach(one -> lines.add("  no longer there  " + shown(one)));
        changed.forEach(one -> lines.add("  changed          " + shown(one.there()) + "  "
                + Printable.of(String.join(", ", EndpointDifference.between(one.here(), one.there())))));
        traits.forEach(one -> lines.add("  Service          " + one));
        return String.join("\n", lines);
    }

    private static String shown(Endpoint endpoint) {
        return Printable.of(endpoint.toString());
    }

    /** As {@link #text}. */
    @Override
    public String toString() {
        return text();
    }
}
