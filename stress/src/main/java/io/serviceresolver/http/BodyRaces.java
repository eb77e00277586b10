package io.serviceresolver.http;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CancellationException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/** A body comes at the moment when nobody wants it any more. */
final class BodyRaces {

    private BodyRaces() {}

    /** A call whose answer is about to come. */
    abstract static class Answered {

        private final Call call = new Call();
        final PodCall attempt = call.attempt();

        void answer() {
            call.answer(attempt);
        }

        void see(Z_Result result) {
            result.r1 = call.hasFailedBody();
        }
    }

    @JCStressTest
    @State
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "The body fails, whichever was first")
    @Outcome(expect = FORBIDDEN, desc = "It goes on, and its connection with it: each missed the other")
    public static class AnswerGiveUp extends Answered {

        private final CancellationException why = new CancellationException();

        @Actor
        void answers() {
            answer();
        }

        @Actor
        void cancels() {
            attempt.giveUp(why);
        }

        @Arbiter
        void after(Z_Result result) {
            see(result);
        }
    }

    @JCStressTest
    @State
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "The body fails, whichever was first")
    @Outcome(expect = FORBIDDEN, desc = "It goes on after its time: each missed the other")
    public static class AnswerExpire extends Answered {

        private final HttpTimeoutException late = new HttpTimeoutException("late");

        @Actor
        void answers() {
            answer();
        }

        @Actor
        void timeIsOver() {
            attempt.expire(late);
        }

        @Arbiter
        void after(Z_Result result) {
            see(result);
        }
    }

    @JCStressTest
    @State
    @Outcome(
            id = {"1", "2"},
            expect = ACCEPTABLE,
            desc = "Its source is cancelled, by one or by both, which does no harm")
    @Outcome(expect = FORBIDDEN, desc = "It goes on: each missed the other")
    public static class SubscribeCancel {

        private final CountedBody<Void> body = new CountedBody<>(BodySubscribers.discarding(), new Call().attempt());
        private final CountedCancels source = new CountedCancels();

        @Actor
        void comes() {
            body.onSubscribe(source);
        }

        @Actor
        void cancels() {
            body.cancel();
        }

        @Arbiter
        void after(I_Result result) {
            result.r1 = source.cancels();
        }
    }

    @JCStressTest
    @State
    @Outcome(
            id = {"1", "2"},
            expect = ACCEPTABLE,
            desc = "It is read no longer than the call goes on")
    @Outcome(expect = FORBIDDEN, desc = "It goes on: each missed the other")
    public static class DropEnd {

        private final Call call = new Call();
        private final DroppedBody<Void> body = new DroppedBody<>();
        private final CountedCancels source = new CountedCancels();

        public DropEnd() {
            body.onSubscribe(source);
        }

        @Actor
        void drops() {
            call.attempts.drop(body);
        }

        @Actor
        void ends() {
            call.attempts.end();
        }

        @Arbiter
        void after(I_Result result) {
            result.r1 = source.cancels();
        }
    }
}
