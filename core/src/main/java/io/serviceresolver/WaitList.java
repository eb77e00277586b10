package io.serviceresolver;

import io.serviceresolver.balancer.Picker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who wait for a picker of one handle. Confined to the event loop; each future is completed by an executor of its own
 * choice, as whatever users hang on it runs there, and is to hold up nobody else.
 */
final class WaitList {

    private static final Logger log = LoggerFactory.getLogger(WaitList.class);

    private final List<Waiter> waiters = new ArrayList<>();

    boolean isEmpty() {
        return waiters.isEmpty();
    }

    /** Takes somebody in, until the time is over, or until they give up. */
    void add(Waiter waiter, ServiceView view, Duration timeout, ScheduledExecutorService loop) {
        waiters.add(waiter);
        Runnable giveUp = () -> fail(waiter, view.noEndpoints());
        Runnable over = () -> EventLoop.last(loop, view.target(), giveUp);
        Future<?> timer = loop.schedule(over, TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
        waiter.future().whenComplete((picker, failure) -> {
            timer.cancel(false);
            if (waiter.future().isCancelled()) {
                // Who waits no longer is no use of the service either.
                EventLoop.offer(loop, view.target(), () -> waiters.remove(waiter));
            }
        });
    }

    /** Lets go of those who wait for what is known by now. */
    void settle(ServiceView view) {
        Picker picker = view.picker();
        if (picker != null) {
            release(waiter -> true, waiter -> waiter.future().complete(picker));
        } else if (view.feed().failsFast(view)) {
            RuntimeException failure = view.noEndpoints();
            release(
                    waiter -> waiter.patience() == Waiter.Patience.UNTIL_ANSWERED,
                    waiter -> waiter.future().completeExceptionally(failure));
        }
    }

    void fail(Waiter one, RuntimeException failure) {
        release(one::equals, waiter -> waiter.future().completeExceptionally(failure));
    }

    void failAll(RuntimeException failure) {
        release(waiter -> true, waiter -> waiter.future().completeExceptionally(failure));
    }

    private void release(Predicate<Waiter> which, Consumer<Waiter> how) {
        if (waiters.isEmpty()) {
            return;
        }
        List<Waiter> released = waiters.stream().filter(which).toList();
        if (!released.isEmpty()) {
            waiters.removeAll(Set.copyOf(released));
            released.forEach(waiter -> release(waiter, how));
        }
    }

    private static void release(Waiter waiter, Consumer<Waiter> how) {
        try {
            waiter.executor().execute(() -> how.accept(waiter));
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            log.debug("a future is completed by the event loop: there is no thread for it", e);
            how.accept(waiter);
        }
    }
}
