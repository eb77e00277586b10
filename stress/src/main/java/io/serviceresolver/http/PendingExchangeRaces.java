package io.serviceresolver.http;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A request is sent while its caller cancels it. */
final class PendingExchangeRaces {

    private PendingExchangeRaces() {}

    @JCStressTest
    @State
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "It is cancelled by whoever came second")
    @Outcome(expect = FORBIDDEN, desc = "It goes on, or is cancelled by both")
    public static class BeginCancel {

        private final PendingExchange pending = new PendingExchange();
        private final CountedCancels exchange = new CountedCancels();

        @Actor
        void sends() {
            pending.begin(exchange::cancel);
        }

        @Actor
        void cancels() {
            pending.cancel();
        }

        @Arbiter
        void after(I_Result result) {
            result.r1 = exchange.cancels();
        }
    }
}
