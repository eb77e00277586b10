package io.serviceresolver;

import io.serviceresolver.call.Attempts;
import io.serviceresolver.call.CallOptions;
import io.serviceresolver.call.EndpointCall;
import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/** A call that is made, and made again, on the caller's thread. */
final class BlockingCall {

    private BlockingCall() {}

    static <T, X extends Exception> T make(ServiceView handle, CallOptions options, EndpointCall<T, X> call) throws X {
        Attempts attempts = handle.attempts(options);
        while (true) {
            Lease lease = attempts.acquire();
            try {
                T result = call.call(lease.endpoint());
                lease.success();
                attempts.next(Outcome.SUCCESS, Duration.ZERO);
                return result;
            } catch (Exception e) {
                Outcome outcome = Failures.outcome(options, e);
                lease.complete(outcome);
                Optional<Duration> wait = attempts.next(outcome, Duration.ZERO);
                if (wait.isEmpty() || !paused(handle, attempts.pause(wait.get()))) {
                    throw e;
                }
            } finally {
                // An error: nobody said how the attempt ended.
                lease.close();
            }
        }
    }

    /** Waits: whether it was not interrupted. */
    private static boolean paused(ServiceView handle, CompletableFuture<Void> pause) {
        try {
            Waiting.join(handle.feed().calls().target(), pause);
            return true;
        } catch (CancellationException e) {
            return false;
        }
    }
}
