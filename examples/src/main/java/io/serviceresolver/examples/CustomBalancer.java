package io.serviceresolver.examples;

import io.serviceresolver.balancer.Balancer;
import io.serviceresolver.balancer.Candidate;
import io.serviceresolver.balancer.Picker;
import java.util.Comparator;
import java.util.List;

/**
 * A balancer of one's own: all calls go to one Pod, the first by address, and to the next one when it goes, as for a
 * leader with standbys. {@code ServiceResolver.builder().balancer(random -> new CustomBalancer())} uses it.
 */
public final class CustomBalancer implements Balancer {

    /** A balancer without any state. */
    public CustomBalancer() {}

    @Override
    public Picker update(List<? extends Candidate> candidates) {
        Candidate first = candidates.stream()
                .min(Comparator.comparing(candidate -> candidate.endpoint().authority()))
                .orElseThrow();
        return () -> first;
    }
}
