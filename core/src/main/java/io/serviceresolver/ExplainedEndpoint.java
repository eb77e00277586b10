package io.serviceresolver;

import io.serviceresolver.endpoint.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An endpoint that the source in use knows of, and why a handle picks from it or does not. Immutable. What others wrote is
 * given as it is.
 *
 * @param endpoint the endpoint
 * @param source the name of the source
 * @param object the object that states it, such as {@code EndpointSlice shield/skippy-7dqkm}; empty where the source does
 *     not tell
 * @param resourceVersion the version of that object; empty where the source does not tell
 * @param age how long ago the source learnt of that version; zero where it does not tell
 * @param weight how many calls it is to get in relation to others, 1 by default
 * @param tier the tier of a routing policy that it belongs to, and the share of calls that goes there, such as {@code
 *     priority 0, zone za: 72.0 % of calls}; empty where it is left out, or all calls go to one tier
 * @param verdicts what each filter found, in their order, down to the first that left the endpoint out
 */
public record ExplainedEndpoint(
        Endpoint endpoint,
        String source,
        String object,
        String resourceVersion,
        Duration age,
        double weight,
        String tier,
        List<Verdict> verdicts) {

    /** Copies the list. */
    public ExplainedEndpoint {
        verdicts = List.copyOf(verdicts);
    }

    /** Whether the handle picks from it. */
    public boolean isChosen() {
        return leftOut().isEmpty();
    }

    /** The verdict that left it out; none where it is chosen. */
    public Optional<Verdict> leftOut() {
        return verdicts.stream().filter(verdict -> !verdict.passed()).findFirst();
    }
}
