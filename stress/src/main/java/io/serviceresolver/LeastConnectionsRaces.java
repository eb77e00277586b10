package io.serviceresolver;

import static io.serviceresolver.call.Outcome.SUCCESS;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.balancer.Candidate;
import io.serviceresolver.balancer.Picker;
import io.serviceresolver.endpoint.EndpointSet;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIZ_Result;
import org.openjdk.jcstress.infra.results.IZ_Result;

/** Least connections, on hosts: when two threads have come to rest, the order is that of the counts. */
final class LeastConnectionsRaces {

    private static final EndpointSet BOTH = Sets.of(1, 2);
    private static final EndpointSet MORE = BOTH.next(Sets.of(1, 2, 3).endpoints());
    private static final EndpointSet LESS = BOTH.next(Sets.of(2).endpoints());

    private LeastConnectionsRaces() {}

    /** A service of two Pods. */
    abstract static class Two {

        final BareService service = new BareService(Balancers.leastConnections(), BOTH);
        final Picker picker = service.update(BOTH);
        final Host first = service.host(0);
        final Host second = service.host(1);

        void see(IIZ_Result result) {
            result.r1 = first.inFlight();
            result.r2 = second.inFlight();
            result.r3 = service.fillsEvenly(picker);
        }
    }

    @JCStressTest
    @State
    @Outcome(id = "1, 1, true", expect = ACCEPTABLE, desc = "One call each")
    @Outcome(
            id = {"2, 0, true", "0, 2, true"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "One could not wait for the other any longer, and chose by counts it saw")
    @Outcome(expect = FORBIDDEN, desc = "A call is lost, or the order is not that of the counts")
    public static class BeginBegin extends Two {

        @Actor
        void one() {
            picker.begin();
        }

        @Actor
        void other() {
            picker.begin();
        }

        @Arbiter
        void after(IIZ_Result result) {
            see(result);
        }
    }

    @JCStressTest
    @State
    @Outcome(
            id = {"0, 1, true", "1, 0, true"},
            expect = ACCEPTABLE,
            desc = "One call, where it was best before or after the other one ended")
    @Outcome(expect = FORBIDDEN, desc = "A call is lost, or the order is not that of the counts")
    public static class BeginEnd extends Two {

        public BeginEnd() {
            first.begin();
        }

        @Actor
        void begins() {
            picker.begin();
        }

        @Actor
        void ends() {
            first.end(SUCCESS, Candidate.UNTIMED);
        }

        @Arbiter
        void after(IIZ_Result result) {
            see(result);
        }
    }

    @JCStressTest
    @State
    @Outcome(id = "0, 0, true", expect = ACCEPTABLE, desc = "Both have ended")
    @Outcome(expect = FORBIDDEN, desc = "A call is left, or the order is not that of the counts")
    public static class EndEnd extends Two {

        private final Candidate one = picker.begin();
        private final Candidate other = picker.begin();

        @Actor
        void ends() {
            one.end(SUCCESS, Candidate.UNTIMED);
        }

        @Actor
        void endsToo() {
            other.end(SUCCESS, Candidate.UNTIMED);
        }

        @Arbiter
        void after(IIZ_Result result) {
            see(result);
        }
    }

    @JCStressTest
    @State
    @Outcome(
            id = "1, true",
            expect = ACCEPTABLE,
            desc = "The call counts wherever it is, and the new Pod is in the order")
    @Outcome(expect = FORBIDDEN, desc = "The call is lost, or the order is not that of the counts")
    public static class BeginUpdate extends Two {

        @Actor
        void begins() {
            picker.begin();
        }

        @Actor
        void loop() {
            service.update(MORE);
        }

        @Arbiter
        void after(IZ_Result result) {
            result.r1 = first.inFlight() + second.inFlight() + service.host(2).inFlight();
            result.r2 = service.fillsEvenly(picker);
        }
    }

    @JCStressTest
    @State
    @Outcome(
            id = "1, true",
            expect = ACCEPTABLE,
            desc = "The call counts wherever it is, and the Pod that went is in no order")
    @Outcome(expect = FORBIDDEN, desc = "The call is lost, or the order is not that of the counts")
    public static class BeginRemove extends Two {

        @Actor
        void begins() {
            picker.begin();
        }

        @Actor
        void loop() {
            service.update(LESS);
        }

        @Arbiter
        void after(IZ_Result result) {
            result.r1 = first.inFlight() + second.inFlight();
            result.r2 = service.fillsEvenly(picker);
        }
    }

    @JCStressTest
    @State
    @Outcome(id = "0, true", expect = ACCEPTABLE, desc = "The call has ended for the order too")
    @Outcome(expect = FORBIDDEN, desc = "The call is left, or the order is not that of the counts")
    public static class EndUpdate extends Two {

        private final Candidate call = picker.begin();

        @Actor
        void ends() {
            call.end(SUCCESS, Candidate.UNTIMED);
        }

        @Actor
        void loop() {
            service.update(MORE);
        }

        @Arbiter
        void after(IZ_Result result) {
            result.r1 = first.inFlight() + second.inFlight();
            result.r2 = service.fillsEvenly(picker);
        }
    }
}
