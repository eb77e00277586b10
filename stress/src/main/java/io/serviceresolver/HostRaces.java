package io.serviceresolver;

import static io.serviceresolver.call.Outcome.CANCELLED;
import static io.serviceresolver.call.Outcome.IO_ERROR;
import static io.serviceresolver.call.Outcome.SUCCESS;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.balancer.Candidate;
import io.serviceresolver.endpoint.EndpointSet;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** The counters of a host. */
final class HostRaces {

    private static final EndpointSet ONE = Sets.of(1);

    private HostRaces() {}

    private static Host host() {
        return new BareService(Balancers.random(), ONE).host(0);
    }

    @JCStressTest
    @State
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "Both are in flight")
    @Outcome(expect = FORBIDDEN, desc = "A call is lost")
    public static class BeginBegin {

        private final Host host = host();

        @Actor
        void one() {
            host.begin();
        }

        @Actor
        void other() {
            host.begin();
        }

        @Arbiter
        void after(I_Result result) {
            result.r1 = host.inFlight();
        }
    }

    @JCStressTest
    @State
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Nothing is in flight, one of the two went well")
    @Outcome(expect = FORBIDDEN, desc = "A beginning or an end is lost")
    public static class CallCall {

        private final Host host = host();

        @Actor
        void goesWell() {
            host.begin();
            host.end(SUCCESS, Candidate.UNTIMED);
        }

        @Actor
        void fails() {
            host.begin();
            host.end(IO_ERROR, Candidate.UNTIMED);
        }

        @Arbiter
        void after(II_Result result) {
            result.r1 = host.inFlight();
            result.r2 = (int) host.wentWell();
        }
    }

    @JCStressTest
    @State
    @Outcome(
            id = {"0, 2", "1, 2", "2, 2"},
            expect = ACCEPTABLE,
            desc = "Each call that went well is noted once, now or later")
    @Outcome(expect = FORBIDDEN, desc = "One is lost, or noted twice")
    public static class EndNote {

        private final Host host = host();

        public EndNote() {
            host.begin();
            host.begin();
        }

        @Actor
        void ends() {
            host.end(SUCCESS, Candidate.UNTIMED);
            host.end(SUCCESS, Candidate.UNTIMED);
        }

        @Actor
        void loop(II_Result result) {
            host.note();
            result.r1 = (int) host.wentWell();
        }

        @Arbiter
        void after(II_Result result) {
            host.note();
            result.r2 = (int) host.wentWell();
        }
    }

    @JCStressTest
    @State
    @Outcome(
            id = {"0, 2", "1, 1", "2, 0"},
            expect = ACCEPTABLE,
            desc = "Each call that went well is counted once: by the host, or after it left by the ledger")
    @Outcome(expect = FORBIDDEN, desc = "One is lost, or counted twice")
    public static class EndLeave {

        private final BareService service = new BareService(Balancers.random(), ONE);
        private final Host host = service.host(0);

        public EndLeave() {
            host.begin();
            host.begin();
        }

        @Actor
        void ends() {
            host.end(SUCCESS, Candidate.UNTIMED);
            host.end(SUCCESS, Candidate.UNTIMED);
        }

        @Actor
        void loop() {
            host.leave();
        }

        @Arbiter
        void after(II_Result result) {
            result.r1 = (int) host.wentWell();
            result.r2 = (int) service.ledger.outcomes().count(SUCCESS);
        }
    }

    @JCStressTest
    @State
    @Outcome(
            id = {"0, 1, 1", "0, 0, 1"},
            expect = ACCEPTABLE,
            desc = "One of the two ended the call, and that is what is counted")
    @Outcome(expect = FORBIDDEN, desc = "The call ended twice, or not")
    public static class LeaseCompleteComplete {

        private final BareService service = new BareService(Balancers.random(), ONE);
        private final Host host = service.host(0);
        private final HostLease lease;

        public LeaseCompleteComplete() {
            host.begin();
            lease = new HostLease(host);
        }

        @Actor
        void answered() {
            lease.complete(SUCCESS);
        }

        @Actor
        void cancelled() {
            lease.complete(CANCELLED);
        }

        @Arbiter
        void after(III_Result result) {
            OutcomeCounters outcomes = service.ledger.outcomes();
            result.r1 = host.inFlight();
            result.r2 = (int) host.wentWell();
            result.r3 = result.r2 + (int) outcomes.count(CANCELLED);
        }
    }
}
