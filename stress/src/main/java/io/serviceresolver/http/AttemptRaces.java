package io.serviceresolver.http;

import static io.serviceresolver.call.Outcome.CONNECT_FAILED;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.serviceresolver.call.Attempts;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/** The attempts at one call: answers, failures and time-outs that come together. */
final class AttemptRaces {

    private AttemptRaces() {}

    @JCStressTest
    @State
    @Outcome(
            id = "true, false",
            expect = ACCEPTABLE,
            desc = "The answer is the caller's, and there is no other attempt")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "It failed before, and there is another attempt")
    @Outcome(expect = FORBIDDEN, desc = "Both, or neither")
    public static class AnswerFail {

        private final Call call = new Call();
        private final AttemptEnd end = new AttemptEnd(call.attempts, call.attempt());

        @Actor
        void answers(ZZ_Result result) {
            result.r1 = end.answered(Call.OK);
        }

        @Actor
        void fails() {
            end.failed(CONNECT_FAILED);
        }

        @Arbiter
        void after(ZZ_Result result) {
            result.r2 = end.again().isPresent();
        }
    }

    @JCStressTest
    @State
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "One answer is the caller's, the other attempt has lost")
    @Outcome(expect = FORBIDDEN, desc = "The caller gets two answers, or none")
    public static class AnswerAnswer {

        private final Call call = new Call();
        private final PodCall first = call.attempt();
        private final PodCall hedge = call.attempt();

        @Actor
        void answers() {
            call.answer(first);
        }

        @Actor
        void answersToo() {
            call.answer(hedge);
        }

        @Arbiter
        void after(II_Result result) {
            result.r1 = call.answers.get();
            result.r2 = (first.isLost() ? 1 : 0) + (hedge.isLost() ? 1 : 0);
        }
    }

    @JCStressTest
    @State
    @Outcome(
            id = "false, true",
            expect = ACCEPTABLE,
            desc = "The answered attempt goes on to the end of its body, the other one ended")
    @Outcome(expect = FORBIDDEN, desc = "The hedge goes on beside an answer: each missed the other")
    public static class AnswerHedge {

        private final Call call = new Call();
        private final PodCall first = call.attempt();

        /** Written by the one who begins it. */
        private PodCall hedge = first;

        @Actor
        void answers() {
            call.answer(first);
        }

        @Actor
        void hedges() {
            hedge = call.attempt();
        }

        @Arbiter
        void after(ZZ_Result result) {
            result.r1 = first.hasEnded();
            result.r2 = hedge.hasEnded();
        }
    }

    @JCStressTest
    @State
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "No timer is left of a call that has ended")
    @Outcome(expect = FORBIDDEN, desc = "The timer goes on: each missed the other")
    public static class LimitEnd {

        private final CompletableFuture<Void> timer = new CompletableFuture<>();
        private final PodCall attempt = new Call().attempt();
        private final Deadline limit = Deadline.begin(waits(), Optional.of(Duration.ofSeconds(1)), late -> {});

        private Attempts waits() {
            return (Attempts) Proxy.newProxyInstance(
                    Attempts.class.getClassLoader(), new Class<?>[] {Attempts.class}, (proxy, method, args) -> timer);
        }

        @Actor
        void begins() {
            attempt.limit(limit);
        }

        @Actor
        void ends() {
            attempt.cancelled();
        }

        @Arbiter
        void after(Z_Result result) {
            result.r1 = timer.isDone();
        }
    }
}
