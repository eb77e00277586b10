package io.serviceresolver;

import io.serviceresolver.ServiceState.Status;
import io.serviceresolver.endpoint.Target;
import io.serviceresolver.source.SourceContext;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each change of a service's state: the first one at once, and what follows soon after it together, so that one that
 * changes all the time gives a line now and then; at WARN where there was somebody to call and is no more. Confined to the event loop.
 */
final class StateLog {

    /** The least time between two lines. */
    static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(ServiceFeed.class);

    private final Target service;
    private final SourceContext context;

    /** What was logged last, and when: nothing since the service is followed. */
    private @Nullable Status logged;

    private @Nullable Long loggedNanos;

    private Status status = Status.UNKNOWN;
    private String report = "";
    private boolean waiting;

    StateLog(Target service, SourceContext context) {
        this.service = service;
        this.context = context;
    }

    /** The state is this one now. */
    void note(Status now, String why) {
        status = now;
        report = why;
        if (!waiting) {
            log();
        }
    }

    /** The service is followed no more: what it is later is news. */
    void reset() {
        status = Status.UNKNOWN;
        logged = null;
    }

    private void log() {
        waiting = false;
        boolean news = logged == null ? status != Status.UNKNOWN : status != logged;
        if (!news) {
            return;
        }
        long now = context.ticker().getAsLong();
        long left = loggedNanos == null ? 0 : TimeUnit.NANOSECONDS.convert(BETWEEN_LINES) - (now - loggedNanos);
        if (left > 0) {
            waiting = true;
            context.scheduler().schedule(this::log, left, TimeUnit.NANOSECONDS);
        } else {
            boolean isLost = logged != null && isUsable(logged) && !isUsable(status);
            logged = status;
            loggedNanos = now;
            if (isLost) {
                log.warn("{}: {} ({})", service, status, report);
            } else {
                log.info("{}: {} ({})", service, status, report);
            }
        }
    }

    private static boolean isUsable(Status status) {
        return status != Status.EMPTY && status != Status.UNKNOWN;
    }
}
