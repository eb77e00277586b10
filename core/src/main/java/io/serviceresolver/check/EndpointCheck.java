package io.serviceresolver.check;

import io.serviceresolver.check.ServiceChecks.Verdict;
import io.serviceresolver.endpoint.Endpoint;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The checks of one endpoint, one after the other. For the resolver. Confined to the event loop. */
public final class EndpointCheck {

    private final ServiceChecks service;
    private final Supplier<Endpoint> endpoint;
    private final Standing standing;

    /** When the next check is due. */
    private @Nullable Future<?> next;

    /** The check in flight. */
    private @Nullable CheckRun run;

    private boolean stopped;

    EndpointCheck(ServiceChecks service, Supplier<Endpoint> endpoint) {
        this.service = service;
        this.endpoint = endpoint;
        this.standing = new Standing(service.check().thresholds());
    }

    /** Has it checked from now on. */
    public void start() {
        schedule(service.firstWait());
    }

    /** Has it checked no more. */
    public void stop() {
        stopped = true;
        if (next != null) {
            next.cancel(false);
        }
        service.runner().withdraw(this);
        if (run != null) {
            run.abort();
        }
        service.stopped(this);
    }

    /** Whether it is not to be used as far as checks say. */
    public boolean isUnhealthy() {
        return standing.isUnhealthy();
    }

    /** Why it is unhealthy, such as {@code check failed: HTTP 503, 3 times in a row}; empty where nothing is wrong. */
    public String reason() {
        return standing.reason();
    }

    Endpoint endpoint() {
        return endpoint.get();
    }

    ServiceChecks service() {
        return service;
    }

    private void schedule(long nanos) {
        next = service.runner().loop().schedule(() -> service.runner().submit(this), nanos, TimeUnit.NANOSECONDS);
    }

    /** It is its turn: whether a check is in flight now. */
    boolean begin() {
        run = new CheckRun(this);
        return run.start();
    }

    void answered(ProbeResult result) {
        boolean changes = standing.record(result);
        service.checked(this, result, changes ? Verdict.CHANGED : Verdict.AS_BEFORE);
    }

    /** The check that was in flight is over. */
    void ended() {
        run = null;
        service.runner().released();
        if (!stopped) {
            schedule(service.nextWait());
        }
    }
}
