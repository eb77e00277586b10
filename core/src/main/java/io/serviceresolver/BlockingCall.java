package io.serviceresolver;

import io.serviceresolver.call.Attempts;
import io.serviceresolver.call.CallOptions;
import io.serviceresolver.call.EndpointCall;
import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call that is made, and made again, on the caller's thread. */
final class BlockingCall {

    private BlockingCall() {}

    static <T, X extends Exception> T make(ServiceView handle, CallOptions options, EndpointCall<T, X> call) throws X {
        FailureReader failures = handle.feed().calls().failures();
        Attempts attempts = handle.attempts(options);
        Lease lease = attempts.acquire();
        while (true) {
            Lease next;
            try {
                T result = call.call(lease.endpoint());
                lease.success();
                attempts.next(Outcome.SUCCESS, Duration.ZERO);
                return result;
            } catch (Exception e) {
                Outcome outcome = failures.read(options, e);
                lease.complete(outcome);
                Optional<Duration> wait = attempts.next(outcome, Duration.ZERO);
                next = wait.isEmpty() ? null : again(handle, attempts, wait.get(), e);
                if (next == null) {
                    throw e;
                }
            } finally {
                // An error: nobody said how the attempt ended.
                lease.close();
            }
            lease = next;
        }
    }

    /** Waits, and picks the endpoint of the next attempt: null where that cannot be, of which the last failure then tells. */
    private static @Nullable Lease again(ServiceView handle, Attempts attempts, Duration wait, Exception last) {
        try {
            handle.feed().calls().requireNotEventLoop();
            Waiting.join(handle.feed().calls().target(), attempts.pause(wait));
            return attempts.acquire();
        } catch (RuntimeException e) {
            Failures.last(last, e);
            return null;
        }
    }
}
