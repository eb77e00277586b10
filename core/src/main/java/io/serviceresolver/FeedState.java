package io.serviceresolver;

import io.serviceresolver.ServiceState.Status;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a service, whichever part of it a handle picks from.
 *
 * @param status as if there was something to pick from
 * @param settled whether there is nothing to wait for: no source that has yet to answer, or is still trying, could say better
 * @param source the source that is used
 * @param staleSinceNanos when that source stopped confirming its set, where the status is {@code STALE}
 * @param report what each source said
 */
record FeedState(Status status, boolean settled, @Nullable String source, long staleSinceNanos, String report) {

    static FeedState of(SourceChain chain) {
        SourceSlot used = chain.selected();
        if (used == null) {
            Status status = chain.settled() && !chain.anyUnavailable() ? Status.EMPTY : Status.UNKNOWN;
            return new FeedState(status, chain.settled(), null, 0, chain.report());
        }
        Status status = Status.FALLBACK;
        if (used.isUnavailable()) {
            status = Status.STALE;
        } else if (chain.isFirst(used)) {
            status = Status.LIVE;
        }
        return new FeedState(status, chain.settled(), used.name(), used.staleSinceNanos(), chain.report());
    }

    /** The status of a handle that picks from so many endpoints. */
    Status status(int pickable) {
        if (pickable > 0 || source == null) {
            return status;
        }
        return settled ? Status.EMPTY : Status.UNKNOWN;
    }

    ServiceState at(long nowNanos, int pickable) {
        Duration age = status == Status.STALE ? Duration.ofNanos(nowNanos - staleSinceNanos) : Duration.ZERO;
        return new ServiceState(status(pickable), Optional.ofNullable(source), age, report);
    }
}
