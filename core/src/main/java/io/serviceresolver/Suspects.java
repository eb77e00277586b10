package io.serviceresolver;

import io.serviceresolver.endpoint.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * The hosts that calls speak against, until the event loop judges them: all together, and each once, however often calls fail.
 * Where that changed nothing, as in an outage when no more may be left alone, the next time is a while later: judging looks
 * at all hosts of the service, and the event loop has other things to do.
 */
final class Suspects {

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Target service;
    private final ScheduledExecutorService eventLoop;
    private final Predicate<List<Host>> judge;

    /** Added by the threads that call, taken by the event loop. */
    private final Set<Host> noted = ConcurrentHashMap.newKeySet();

    /** Whether the event loop will look. */
    private final AtomicBoolean awaited = new AtomicBoolean();

    /**
     * None yet.
     *
     * @param judge judges some: whether anything changed
     */
    Suspects(Target service, ScheduledExecutorService eventLoop, Predicate<List<Host>> judge) {
        this.service = service;
        this.eventLoop = eventLoop;
        this.judge = judge;
    }

    /** Has a host judged soon. */
    void add(Host host) {
        if (noted.add(host)) {
            judgeSoon();
        }
    }

    private void judgeSoon() {
        if (awaited.compareAndSet(false, true)) {
            EventLoop.offer(eventLoop, service, this::judge);
        }
    }

    private void judge() {
        List<Host> some = new ArrayList<>();
        noted.removeIf(some::add);
        if (judge.test(some)) {
            goOn();
        } else {
            eventLoop.schedule(this::goOn, TimeUnit.NANOSECONDS.convert(PAUSE), TimeUnit.NANOSECONDS);
        }
    }

    private void goOn() {
        awaited.set(false);
        if (!noted.isEmpty()) {
            judgeSoon();
        }
    }
}
