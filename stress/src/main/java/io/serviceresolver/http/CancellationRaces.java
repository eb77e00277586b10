package io.serviceresolver.http;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.CancellationException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** An asynchronous call is cancelled while it goes on. */
final class CancellationRaces {

    private CancellationRaces() {}

    @JCStressTest
    @State
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "Whoever begins is told not to send")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "What has begun is given up")
    @Outcome(expect = FORBIDDEN, desc = "It goes on, or both end it")
    public static class BeginsCancel {

        private final Cancellation cancellation = new Cancellation();
        private final CancellationException why = new CancellationException();
        private final PodCall attempt = new Call().attempt();

        @Actor
        void begins(ZZ_Result result) {
            result.r1 = cancellation.begins(attempt) != null;
        }

        @Actor
        void cancels() {
            cancellation.cancel(why);
        }

        @Arbiter
        void after(ZZ_Result result) {
            result.r2 = attempt.hasEnded();
        }
    }

    @JCStressTest
    @State
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "The wait is cancelled by whoever came second")
    @Outcome(expect = FORBIDDEN, desc = "It goes on, or is cancelled by both")
    public static class FollowCancel {

        private final Cancellation cancellation = new Cancellation();
        private final CancellationException why = new CancellationException();
        private final CountedCancels pause = new CountedCancels();

        @Actor
        void waits() {
            cancellation.follow(pause);
        }

        @Actor
        void cancels() {
            cancellation.cancel(why);
        }

        @Arbiter
        void after(I_Result result) {
            result.r1 = pause.cancels();
        }
    }

    @JCStressTest
    @State
    @Outcome(
            id = {"true, false", "false, true"},
            expect = ACCEPTABLE,
            desc = "One of the two is the first")
    @Outcome(expect = FORBIDDEN, desc = "Both, or none")
    public static class CancelCancel {

        private final Cancellation cancellation = new Cancellation();
        private final CancellationException why = new CancellationException();

        @Actor
        void one(ZZ_Result result) {
            result.r1 = cancellation.cancel(why);
        }

        @Actor
        void other(ZZ_Result result) {
            result.r2 = cancellation.cancel(why);
        }
    }

    @JCStressTest
    @State
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "Cancelled, and it says so")
    @Outcome(id = "false, false", expect = ACCEPTABLE, desc = "Answered before")
    @Outcome(
            id = "true, false",
            expect = ACCEPTABLE_INTERESTING,
            desc = "The answer came while its exchange was being cancelled")
    @Outcome(expect = FORBIDDEN, desc = "Cancelled by somebody who is told that it was not")
    public static class CompleteCancel {

        private final CallFuture<String> future = new CallFuture<>(new Cancellation());

        @Actor
        void answers() {
            future.complete("an answer");
        }

        @Actor
        void cancels(ZZ_Result result) {
            result.r1 = future.cancel(true);
        }

        @Arbiter
        void after(ZZ_Result result) {
            result.r2 = future.isCancelled();
        }
    }
}
