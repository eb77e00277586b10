package io.serviceresolver.balancer;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.random.RandomGenerator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The cursor of round robin. */
final class CursorRaces {

    private CursorRaces() {}

    @JCStressTest
    @State
    @Outcome(
            id = {"0, 1", "1, 0"},
            expect = ACCEPTABLE,
            desc = "One after the other")
    @Outcome(expect = FORBIDDEN, desc = "Both at one position, or one is left out")
    public static class NextNext {

        private final Cursor cursor = new Cursor(() -> 0);

        @Actor
        void one(II_Result result) {
            result.r1 = (int) cursor.next();
        }

        @Actor
        void other(II_Result result) {
            result.r2 = (int) cursor.next();
        }
    }

    /** Starts are a thousand apart: by its thousands a position tells where it was counted. */
    @JCStressTest
    @State
    @Outcome(id = "1000, 1001", expect = ACCEPTABLE, desc = "Both before")
    @Outcome(id = "1000, [2-9]000", expect = ACCEPTABLE, desc = "The second one by a stripe, from its start")
    @Outcome(
            id = {"2000, 2001", "3000, 3001", "4000, 4001", "5000, 5001"},
            expect = ACCEPTABLE,
            desc = "Both by one stripe")
    @Outcome(expect = FORBIDDEN, desc = "Back from the stripes, or a stripe without its start")
    public static class NextStripe {

        private final Cursor cursor = new Cursor(new Thousands());

        @Actor
        void counts(II_Result result) {
            result.r1 = (int) cursor.next();
            result.r2 = (int) cursor.next();
        }

        @Actor
        void meets() {
            cursor.stripe();
        }
    }

    /** The next thousand each time. */
    private static final class Thousands implements RandomGenerator {

        private int next;

        @Override
        public int nextInt() {
            next += 1_000;
            return next;
        }

        @Override
        public long nextLong() {
            return nextInt();
        }
    }
}
