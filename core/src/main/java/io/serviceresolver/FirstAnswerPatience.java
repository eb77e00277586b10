package io.serviceresolver;

import io.serviceresolver.endpoint.Target;
import io.serviceresolver.source.SourceContext;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long a service that is followed may take until its first answer. It is counted from the first turn of the event loop
 * after the sources were asked: what they have it do at first, such as to load classes, takes nothing of their time, as long
 * as it takes no more than a sixth of it. Whether it is over is written by the event loop, read by all.
 */
final class FirstAnswerPatience {

    /** By one in so many parts it may be longer. */
    private static final int PARTS = 6;

    private final Target of;
    private final SourceContext context;
    private final long nanos;
    private volatile boolean over;

    /** How often it began. Event loop only. */
    private int begun;

    FirstAnswerPatience(Duration usual, Target of, SourceContext context) {
        this.of = of;
        this.context = context;
        this.nanos = TimeUnit.NANOSECONDS.convert(usual);
    }

    boolean isOver() {
        return over;
    }

    /** How long it is at most. */
    Duration longest() {
        return Duration.ofNanos(nanos).plusNanos(nanos / PARTS);
    }

    /**
     * Begins now, unless it is reset before its end.
     *
     * @param lastChance runs when time is over: what is known at once is heard before anybody is told that it is
     * @param onOver runs then
     */
    void begin(Runnable lastChance, Runnable onOver) {
        int current = ++begun;
        long asked = context.ticker().getAsLong();
        Runnable end = unlessReset(current, () -> {
            over = true;
            onOver.run();
        });
        Runnable nearEnd = unlessReset(current, () -> {
            lastChance.run();
            EventLoop.last(context.scheduler(), of, end);
        });
        EventLoop.offer(context.scheduler(), of, unlessReset(current, () -> {
            long busy = context.ticker().getAsLong() - asked;
            long left = nanos - Math.max(0, busy - nanos / PARTS);
            context.scheduler().schedule(nearEnd, left, TimeUnit.NANOSECONDS);
        }));
    }

    private Runnable unlessReset(int current, Runnable task) {
        return () -> {
            if (current == begun) {
                task.run();
            }
        };
    }

    /** Is for the next time. */
    void reset() {
        begun++;
        over = false;
    }
}
