package io.serviceresolver;

import io.serviceresolver.balancer.Picker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Those who wait for a picker of one handle. Confined to the event loop; futures are completed by the executor for
 * callbacks, as whatever users hang on them runs there.
 */
final class WaitList {

    private final Executor callbacks;
    private final List<Waiter> waiters = new ArrayList<>();

    WaitList(Executor callbacks) {
        this.callbacks = callbacks;
    }

    boolean isEmpty() {
        return waiters.isEmpty();
    }

    void add(Waiter waiter) {
        waiters.add(waiter);
    }

    void complete(Picker picker) {
        release(waiter -> true, waiter -> waiter.future().complete(picker));
    }

    void failAnswered(RuntimeException failure) {
        release(
                waiter -> waiter.patience() == Waiter.Patience.UNTIL_ANSWERED,
                waiter -> waiter.future().completeExceptionally(failure));
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
            waiters.removeAll(released);
            Runnable all = () -> released.forEach(how);
            try {
                callbacks.execute(all);
            } catch (RejectedExecutionException e) {
                all.run();
            }
        }
    }
}
