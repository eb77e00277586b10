package io.serviceresolver.balancer;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/** The lock of least connections. */
final class PatientLockRaces {

    private PatientLockRaces() {}

    @JCStressTest
    @State
    @Outcome(id = "true, true, 2", expect = ACCEPTABLE, desc = "One after the other")
    @Outcome(
            id = {"true, false, 1", "false, true, 1"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "One gave up waiting")
    @Outcome(expect = FORBIDDEN, desc = "Both at once, or one does not see what the other one wrote")
    public static class AcquireAcquire {

        private final PatientLock lock = new PatientLock();

        /** Guarded by the lock, and by nothing else. */
        private int guarded;

        private boolean raise() {
            if (!lock.tryAcquire()) {
                return false;
            }
            guarded++;
            lock.release();
            return true;
        }

        @Actor
        void one(ZZI_Result result) {
            result.r1 = raise();
        }

        @Actor
        void other(ZZI_Result result) {
            result.r2 = raise();
        }

        @Arbiter
        void after(ZZI_Result result) {
            result.r3 = guarded;
        }
    }
}
