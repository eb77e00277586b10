package io.serviceresolver.http;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** A thread that waits for an answer gets it while it is woken, as time is over. */
final class WaitingThreadRaces {

    private WaitingThreadRaces() {}

    @JCStressTest
    @State
    @Outcome(id = "false", expect = ACCEPTABLE, desc = "It takes no interrupt along")
    @Outcome(expect = FORBIDDEN, desc = "It is interrupted in what it does next")
    public static class WakeReturn {

        /** Null until it waits. Written by the thread that does. */
        private volatile @Nullable WaitingThread waiting;

        @Actor
        void waits(Z_Result result) {
            WaitingThread thread = new WaitingThread();
            waiting = thread;
            thread.returned();
            result.r1 = Thread.interrupted();
        }

        @Actor
        void wakes() {
            WaitingThread thread = waiting;
            if (thread != null) {
                thread.wake();
            }
        }
    }
}
