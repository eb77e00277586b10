package io.serviceresolver.health;

import static io.serviceresolver.call.Outcome.IO_ERROR;
import static io.serviceresolver.call.Outcome.SUCCESS;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** What calls say of an endpoint, while the detector takes it or decides. */
final class EndpointHealthRaces {

    private static final OutlierPolicy POLICY = OutlierPolicy.standard().withConsecutiveFailures(2);

    private EndpointHealthRaces() {}

    @JCStressTest
    @State
    @Outcome(
            id = {"true, false", "false, true"},
            expect = ACCEPTABLE,
            desc = "The second one in a row has it judged")
    @Outcome(expect = FORBIDDEN, desc = "Nobody has it judged, or both")
    public static class FailFail {

        private final EndpointHealth health = new EndpointHealth();

        @Actor
        void one(ZZ_Result result) {
            result.r1 = health.record(IO_ERROR, POLICY);
        }

        @Actor
        void other(ZZ_Result result) {
            result.r2 = health.record(IO_ERROR, POLICY);
        }
    }

    @JCStressTest
    @State
    @Outcome(
            id = {"0, 2", "1, 1", "2, 0"},
            expect = ACCEPTABLE,
            desc = "Each failure is in one interval")
    @Outcome(expect = FORBIDDEN, desc = "One is lost, or in two intervals")
    public static class FailTake {

        private final EndpointHealth health = new EndpointHealth();

        @Actor
        void fails() {
            health.record(IO_ERROR, POLICY);
            health.record(IO_ERROR, POLICY);
        }

        @Actor
        void detector(II_Result result) {
            result.r1 = (int) health.takeInterval(0).failures();
        }

        @Arbiter
        void after(II_Result result) {
            result.r2 = (int) health.takeInterval(0).failures();
        }
    }

    @JCStressTest
    @State
    @Outcome(
            id = {"0, 1", "1, 0"},
            expect = ACCEPTABLE,
            desc = "The call that was timed is in one interval")
    @Outcome(expect = FORBIDDEN, desc = "It is lost, or in two intervals")
    public static class TimeTake {

        private final EndpointHealth health = new EndpointHealth();

        @Actor
        void ends() {
            health.recordLatency(5_000);
        }

        @Actor
        void detector(II_Result result) {
            result.r1 = health.takeInterval(0).timed();
        }

        @Arbiter
        void after(II_Result result) {
            result.r2 = health.takeInterval(0).timed();
        }
    }

    @JCStressTest
    @State
    @Outcome(
            id = {"false, 0", "true, 1"},
            expect = ACCEPTABLE,
            desc = "Not ejected, or for a reason that can be read")
    @Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "Ejected in between")
    @Outcome(expect = FORBIDDEN, desc = "Ejected and then not, or half of an ejection")
    public static class EjectSee {

        private final EndpointHealth health = new EndpointHealth();

        @Actor
        void detector() {
            health.troubles().eject("2 failures in a row", 1, 2);
        }

        @Actor
        void caller(ZI_Result result) {
            result.r1 = health.isEjected();
            result.r2 = health.ejection()
                    .map(found -> found.reason().length() == 19 && found.untilNanos() == 2 ? 1 : -1)
                    .orElse(0);
        }
    }

    /** A call that was begun before ends while its endpoint is ejected. */
    @JCStressTest
    @State
    @Outcome(id = "true, 0", expect = ACCEPTABLE, desc = "It stays ejected, and the failures before are past")
    @Outcome(expect = FORBIDDEN, desc = "A success lets it back, or counts for nothing")
    public static class EjectSucceed {

        private final EndpointHealth health = new EndpointHealth();

        public EjectSucceed() {
            health.record(IO_ERROR, POLICY);
        }

        @Actor
        void detector() {
            health.troubles().eject("1 of 2 calls failed", 1, 2);
        }

        @Actor
        void goesWell() {
            health.record(SUCCESS, POLICY);
        }

        @Arbiter
        void after(ZI_Result result) {
            result.r1 = health.isEjected();
            result.r2 = health.troubles().failuresInARow();
        }
    }

    /** A call that was begun before fails while its endpoint is let back. */
    @JCStressTest
    @State
    @Outcome(
            id = {"false, 0", "false, 1"},
            expect = ACCEPTABLE,
            desc = "It is back; the failure came before that, or is the first one after it")
    @Outcome(expect = FORBIDDEN, desc = "It is not back, or failures of before count after it")
    public static class ReleaseFail {

        private final EndpointHealth health = new EndpointHealth();

        public ReleaseFail() {
            health.record(IO_ERROR, POLICY);
            health.record(IO_ERROR, POLICY);
            health.troubles().eject("2 failures in a row", 1, 2);
        }

        @Actor
        void detector() {
            health.troubles().release();
        }

        @Actor
        void fails() {
            health.record(IO_ERROR, POLICY);
        }

        @Arbiter
        void after(ZI_Result result) {
            result.r1 = health.isEjected();
            result.r2 = health.troubles().failuresInARow();
        }
    }

    @JCStressTest(Mode.Termination)
    @State
    @Outcome(id = "TERMINATED", expect = ACCEPTABLE, desc = "All see the ejection in the end")
    @Outcome(id = "STALE", expect = FORBIDDEN, desc = "Somebody never does")
    public static class EjectionIsSeen {

        private final EndpointHealth health = new EndpointHealth();

        @Actor
        void caller() {
            while (!health.isEjected()) {
                // Nothing here that makes the compiler read again.
            }
        }

        @Signal
        void detector() {
            health.troubles().eject("2 failures in a row", 1, 2);
        }
    }
}
