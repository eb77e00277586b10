package io.serviceresolver.source;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.Target;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits how many endpoints of a target are used, for sources. Which ones they are differs from process to process, so that
 * none is left out by all, and changes with those that come and go only: the ready ones first, else by a hash of their
 * identity. Warns when there are too many. Not thread-safe.
 */
public final class EndpointLimit {

    private static final Logger log = LoggerFactory.getLogger(EndpointLimit.class);
    private static final int MIX = 0x9E3779B9;

    private final Target target;
    private final int most;
    private final RandomGenerator random;

    /** Drawn when it is first needed. */
    private @Nullable Integer seed;

    /** Whether there are too many, or nearly so: one line is enough. */
    private boolean over;

    /**
     * A limit for one target.
     *
     * @param target whose endpoints they are, for the log
     * @param most how many are used
     * @param random where the difference from other processes comes from
     */
    public EndpointLimit(Target target, int most, RandomGenerator random) {
        this.target = target;
        this.most = most;
        this.random = random;
    }

    /**
     * Chooses.
     *
     * @param all there are
     * @return those that are used, in their order
     */
    public Collection<Endpoint> limit(Collection<Endpoint> all) {
        if (all.size() <= most) {
            over &= all.size() > most - most / 10;
            return all;
        }
        if (!over) {
            log.warn(
                    "{}: {} endpoints, of which {} are used (expected: no more, or a higher limit)",
                    target,
                    all.size(),
                    most);
            over = true;
        }
        Set<Endpoint> used = Collections.newSetFromMap(new IdentityHashMap<>());
        all.stream()
                .sorted(Comparator.comparing(
                                (Endpoint endpoint) -> !endpoint.conditions().ready())
                        .thenComparingInt(this::rank)
                        .thenComparing(Endpoint::authority))
                .limit(most)
                .forEach(used::add);
        return all.stream().filter(used::contains).toList();
    }

    private int rank(Endpoint endpoint) {
        if (seed == null) {
            seed = random.nextInt();
        }
        int hash = (endpoint.id().hashCode() ^ seed) * MIX;
        return hash ^ hash >>> 15;
    }
}
