package io.serviceresolver.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls that begin at a steady rate, whether or not those before them have ended. */
final class Load implements AutoCloseable {

    private static final int CALLS_PER_SECOND = 2_000;
    private static final long PATIENCE_SECONDS = 60;

    /** Beyond so many calls on their way, none begins: a machine that cannot keep up shall not drown. */
    private static final int MOST_ON_THEIR_WAY = 200;

    private final Supplier<CompletableFuture<String>> call;
    private final int mostOnTheirWay;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Semaphore answered = new Semaphore(0);
    private final long startNanos = System.nanoTime();
    private final AtomicLong begun = new AtomicLong();

    /** The numbers of the calls that have begun and not ended. */
    private final NavigableSet<Long> onTheirWay = new ConcurrentSkipListSet<>();

    private final AtomicLong notBegun = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private final Map<String, Long> answers = new ConcurrentHashMap<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    private Load(Supplier<CompletableFuture<String>> call, int mostOnTheirWay) {
        this.call = call;
        this.mostOnTheirWay = mostOnTheirWay;
    }

    static Load of(Supplier<CompletableFuture<String>> call) {
        return of(call, MOST_ON_THEIR_WAY);
    }

    /** Beyond so many calls on their way, none begins. */
    static Load of(Supplier<CompletableFuture<String>> call, int mostOnTheirWay) {
        Load load = new Load(call, mostOnTheirWay);
        load.clock.scheduleAtFixedRate(load::begin, 0, 1_000_000 / CALLS_PER_SECOND, TimeUnit.MICROSECONDS);
        return load;
    }

    private void begin() {
        if (begun.get() - ended.get() < mostOnTheirWay) {
            long number = begun.get() + 1;
            onTheirWay.add(number);
            begun.set(number);
            call.get().whenComplete((answer, failure) -> {
                onTheirWay.remove(number);
                end(answer, failure);
            });
        } else {
            notBegun.incrementAndGet();
        }
    }

    private void end(@Nullable String answer, @Nullable Throwable failure) {
        if (failure != null) {
            failures.add(failure);
        } else if (answer != null) {
            answers.merge(answer, 1L, Long::sum);
        }
        ended.incrementAndGet();
        answered.release();
    }

    /** Waits until so many more calls have ended. */
    void awaitCalls(int count) throws InterruptedException {
        assertThat(answered.tryAcquire(count, PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("%s more calls", count)
                .isTrue();
    }

    /** How many calls have begun. */
    long begun() {
        return begun.get();
    }

    /** Waits until the first so many calls have ended. */
    void awaitFirst(long count) throws InterruptedException {
        while (!onTheirWay.headSet(count, true).isEmpty()) {
            awaitCalls(1);
        }
    }

    /** Begins no more calls, and waits for those that have begun. */
    void stop() throws InterruptedException {
        clock.shutdown();
        assertThat(clock.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        while (ended.get() < begun.get()) {
            awaitCalls(1);
        }
    }

    long calls() {
        return ended.get();
    }

    /** What was made of what was meant to be: a slow machine makes fewer calls a second. */
    String rate() {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        return String.format(
                Locale.ROOT,
                "%d calls, %.0f calls/s (meant: %d), %d not begun because %d were on their way",
                ended.get(),
                ended.get() / seconds,
                CALLS_PER_SECOND,
                notBegun.get(),
                mostOnTheirWay);
    }

    /** How often each answer came. */
    Map<String, Long> answers() {
        return Map.copyOf(answers);
    }

    Collection<Throwable> failures() {
        return failures;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
