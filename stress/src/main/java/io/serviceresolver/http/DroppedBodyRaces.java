package io.serviceresolver.http;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A body that nobody wants comes while the call ends. */
final class DroppedBodyRaces {

    private DroppedBodyRaces() {}

    @JCStressTest
    @State
    @Outcome(
            id = {"1", "2"},
            expect = ACCEPTABLE,
            desc = "Its source is cancelled, by one or by both, which does no harm")
    @Outcome(expect = FORBIDDEN, desc = "It goes on: each missed the other")
    public static class SubscribeCancel {

        private final DroppedBody<Void> body = new DroppedBody<>();
        private final CountedCancels source = new CountedCancels();

        @Actor
        void comes() {
            body.onSubscribe(source);
        }

        @Actor
        void callEnds() {
            body.cancel();
        }

        @Arbiter
        void after(I_Result result) {
            result.r1 = source.cancels();
        }
    }
}
