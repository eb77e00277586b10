package io.serviceresolver;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** How long a service that is followed may take until its first answer. Written by the event loop, read by all. */
final class FirstAnswerPatience {

    private volatile boolean over;

    /** How often it began. Event loop only. */
    private int begun;

    boolean isOver() {
        return over;
    }

    /** Begins now; tells when it is over, unless it is reset before. */
    void begin(ScheduledExecutorService eventLoop, Duration timeout, Runnable onOver) {
        int current = ++begun;
        Runnable end = () -> {
            if (current == begun) {
                over = true;
                onOver.run();
            }
        };
        eventLoop.schedule(end, TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
    }

    /** Is for the next time. */
    void reset() {
        begun++;
        over = false;
    }
}
