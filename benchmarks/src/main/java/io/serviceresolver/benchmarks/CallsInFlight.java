package io.serviceresolver.benchmarks;

import io.serviceresolver.benchmarks.subject.Subject;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The calls of one thread, as many at a time as a thread of a reactive client may have. */
@State(Scope.Thread)
public class CallsInFlight {

    private static final int COUNT = 16;

    private final @Nullable Object[] calls = new Object[COUNT];
    private int oldest;

    /** Begins a call in the place of the oldest one. */
    Object next(Subject subject) {
        Object ended = calls[oldest];
        if (ended != null) {
            subject.end(ended);
        }
        Object begun = subject.begin();
        calls[oldest] = begun;
        oldest = (oldest + 1) % COUNT;
        return begun;
    }

    /** Forgets them, with the system that they belong to. */
    @TearDown(Level.Trial)
    public void forget() {
        Arrays.fill(calls, null);
    }
}
