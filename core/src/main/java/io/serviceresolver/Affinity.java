package io.serviceresolver;

import io.serviceresolver.balancer.Candidate;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** To which endpoint a handle is kept, from one picker to the next. Thread-safe. */
final class Affinity {

    /** Set by those who pick, all of whom agree on one; cleared by the event loop when the endpoint may not be chosen. */
    private final AtomicReference<@Nullable Bond> bond = new AtomicReference<>();

    /** Whom the handle is kept to, and when it was last used. The time is moved on by those who pick. */
    record Bond(Candidate candidate, AtomicLong lastUseNanos) {

        Bond(Candidate candidate, long nowNanos) {
            this(candidate, new AtomicLong(nowNanos));
        }

        /** Uses the bond, unless it was not used for too long. By differences, as the counter of time may overflow. */
        boolean use(long nowNanos, long timeoutNanos) {
            long last = lastUseNanos.get();
            while (nowNanos - last > 0) {
                if (nowNanos - last >= timeoutNanos) {
                    return false;
                }
                if (lastUseNanos.compareAndSet(last, nowNanos)) {
                    return true;
                }
                last = lastUseNanos.get();
            }
            return true;
        }
    }

    @Nullable
    Bond current() {
        return bond.get();
    }

    /** Puts a bond in the place of another, unless somebody else did that first. */
    boolean replace(@Nullable Bond before, Bond now) {
        return bond.compareAndSet(before, now);
    }

    /** Ends the bond to an endpoint that may no longer be chosen. */
    void retain(Collection<? extends Candidate> candidates) {
        Bond before = bond.get();
        while (before != null && !candidates.contains(before.candidate()) && !bond.compareAndSet(before, null)) {
            before = bond.get();
        }
    }
}
