package io.serviceresolver.k8s;

import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether what is followed is current: not where it has never been for a second, nor where it has not been for the grace
 * since its watch broke off. Used by the scheduler's thread.
 */
final class Freshness {

    /** For how long a first answer is waited for. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(EndpointSliceSource.class);

    private final Object who;
    private final ApiResource resource;
    private final Loop loop;
    private final Duration disconnectGrace;
    private final Runnable onChange;

    private boolean complete;
    private boolean stale;

    /** What went wrong since it was last current; null where nothing did. */
    private @Nullable ApiFailure trouble;

    private @Nullable Future<?> grace;

    /**
     * Prepares it.
     *
     * @param who for whom it is followed, for the log
     * @param resource what is followed
     * @param loop the scheduler
     * @param disconnectGrace how long it counts as current after its watch broke off
     * @param onChange runs when this became another
     */
    Freshness(Object who, ApiResource resource, Loop loop, Duration disconnectGrace, Runnable onChange) {
        this.who = who;
        this.resource = resource;
        this.loop = loop;
        this.disconnectGrace = disconnectGrace;
        this.onChange = onChange;
    }

    void start() {
        grace = loop.after(PATIENCE, () -> expire(false));
    }

    void close() {
        cancelGrace();
    }

    /** Whether it was current once. */
    boolean isComplete() {
        return complete;
    }

    /** Whether it has not been current for so long that it is to be told. */
    boolean isStale() {
        return stale;
    }

    /** Why it is not current, and what to do about it. */
    String reason() {
        return trouble == null ? "the API server has not answered yet" : AccessHint.explain(trouble, resource);
    }

    /** It is current; there are so many. */
    void live(int count) {
        cancelGrace();
        trouble = null;
        if (stale || !complete) {
            complete = true;
            stale = false;
            log.info("{}: watching {}: {}", who, resource.shown(), count);
            onChange.run();
        }
    }

    /** It is no longer kept current. */
    void lost(ApiFailure failure) {
        boolean another = trouble == null || trouble.kind() != failure.kind();
        trouble = failure;
        log.debug("{}: {}", who, failure.reason());
        if (stale || !complete) {
            expire(another);
        } else if (grace == null) {
            grace = loop.after(disconnectGrace, () -> expire(true));
        }
    }

    private void expire(boolean worthALine) {
        cancelGrace();
        stale = true;
        if (trouble != null && worthALine) {
            log.warn("{}: {}", who, AccessHint.explain(trouble, resource));
        }
        onChange.run();
    }

    private void cancelGrace() {
        if (grace != null) {
            grace.cancel(false);
            grace = null;
        }
    }
}
