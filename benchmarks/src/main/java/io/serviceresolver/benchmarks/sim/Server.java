package io.serviceresolver.benchmarks.sim;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import java.util.ArrayDeque;
import java.util.Queue;

/** One server: some workers and one queue, first come first served. It does not know when a client has given up. */
final class Server {

    /** How long it takes to answer that it cannot. */
    private static final long FAILS_IN_NANOS = 100_000;

    private final Events events;
    private final Endpoint endpoint;
    private final int workers;
    private final Queue<Call> waiting = new ArrayDeque<>();
    private int busy;
    private double slowdown = 1;
    private double failing;
    private boolean silent;

    Server(Events events, Endpoint endpoint, int workers) {
        this.events = events;
        this.endpoint = endpoint;
        this.workers = workers;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** How much it can do, in workers of normal speed. */
    double speed() {
        return workers / slowdown;
    }

    /** Makes all work begun from now on take so many times as long as normal. */
    void slowDown(double times) {
        slowdown = times;
    }

    /** Makes a share of the calls fail, at once. */
    void fail(double share) {
        failing = share;
    }

    /** Makes it take calls and never answer. */
    void fallSilent() {
        silent = true;
    }

    void accept(Call call) {
        if (silent) {
            return;
        }
        if (call.luck() < failing) {
            events.after(FAILS_IN_NANOS, () -> call.end(Outcome.SERVER_ERROR, events.now()));
        } else if (busy < workers) {
            start(call);
        } else {
            waiting.add(call);
        }
    }

    private void start(Call call) {
        busy++;
        events.after((long) (call.workNanos() * slowdown), () -> finish(call));
    }

    private void finish(Call call) {
        busy--;
        Call next = waiting.poll();
        if (next != null) {
            start(next);
        }
        call.end(Outcome.SUCCESS, events.now());
    }

    /** What an oracle expects of one call more, in mean service times; infinite where it would fail. */
    double expected() {
        if (silent || failing > 0) {
            return Double.POSITIVE_INFINITY;
        }
        int inside = busy + waiting.size() + 1;
        return slowdown * Math.max(1, (double) inside / workers);
    }
}
