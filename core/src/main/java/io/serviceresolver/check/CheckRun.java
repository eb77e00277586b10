package io.serviceresolver.check;

import io.serviceresolver.endpoint.Endpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One check, from its beginning until there is a result and the thread that made it is free again. All but {@link #run} and
 * what that calls is confined to the event loop.
 */
final class CheckRun implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(CheckRun.class);

    private final EndpointCheck owner;
    private final Endpoint endpoint;
    private final CheckRunner runner;
    private final Lifeline lifeline;
    private @Nullable Future<?> timer;
    private boolean answered;
    private boolean returned;

    CheckRun(EndpointCheck owner) {
        this.owner = owner;
        this.endpoint = owner.endpoint();
        this.runner = owner.service().runner();
        this.lifeline = new Lifeline(runner.threads());
    }

    /** Whether it has begun. */
    boolean start() {
        Duration timeout = owner.service().check().timeout();
        try {
            runner.threads().execute(this);
        } catch (RejectedExecutionException e) {
            log.debug("no check after the end of the resolver");
            return false;
        }
        ProbeResult late = ProbeResult.failed("no answer within " + TimeUnit.MILLISECONDS.convert(timeout) + " ms");
        timer = runner.loop().schedule(() -> giveUp(late), TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
        return true;
    }

    private void giveUp(ProbeResult late) {
        if (!answered) {
            lifeline.cut();
            answer(late);
        }
    }

    private void answer(ProbeResult result) {
        if (!answered) {
            settle();
            owner.answered(result);
            endIfOver();
        }
    }

    /** Nobody wants to know the result any more. */
    void abort() {
        if (!answered) {
            lifeline.cut();
            settle();
            endIfOver();
        }
    }

    private void settle() {
        answered = true;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void leave() {
        returned = true;
        endIfOver();
    }

    private void endIfOver() {
        if (answered && returned) {
            owner.ended();
        }
    }

    // All below runs on a thread of checks, or where a user's stage completes.

    @Override
    public void run() {
        try {
            if (lifeline.enter()) {
                ask();
            }
        } finally {
            lifeline.leave();
            runner.post(this::leave);
        }
    }

    private void ask() {
        try {
            ServiceChecks service = owner.service();
            service.check()
                    .question()
                    .ask(endpoint, service.name(), lifeline)
                    .whenComplete((result, failure) -> tell(failure == null ? result : failed(failure)));
        } catch (Exception | LinkageError e) {
            tell(failed(e));
        }
    }

    private void tell(@Nullable ProbeResult result) {
        ProbeResult told = result == null ? ProbeResult.failed("no result") : result;
        runner.post(() -> answer(told));
    }

    private static ProbeResult failed(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        String message = cause.getMessage();
        if (message == null) {
            return ProbeResult.failed(cause.getClass().getSimpleName());
        }
        return ProbeResult.failed(
                cause instanceof IOException ? message : cause.getClass().getSimpleName() + ": " + message);
    }
}
