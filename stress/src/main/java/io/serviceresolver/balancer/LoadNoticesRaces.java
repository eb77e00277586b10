package io.serviceresolver.balancer;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** The stack of changes that least connections has still to follow. */
final class LoadNoticesRaces {

    private LoadNoticesRaces() {}

    /** A candidate that stands in an order of its own, and what is noted of it and others. */
    private static final class Standing {

        private final Counted candidate;
        private final LoadOrder order = new LoadOrder(1, new LoadTable());
        private final LoadNotices notices;

        Standing(int index, LoadNotices notices) {
            this.candidate = new Counted(index);
            this.notices = notices;
            order.add(candidate);
        }

        void change() {
            candidate.incrementAndGet();
            notices.add(candidate.index());
        }

        void changeAgain() {
            candidate.incrementAndGet();
            if (!notices.isNoted(candidate.index())) {
                notices.add(candidate.index());
            }
        }

        void follow() {
            order.follow(candidate.index(), candidate.inFlight());
        }

        /** By which it stands. */
        int count() {
            return order.least();
        }
    }

    @JCStressTest
    @State
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "The change was followed, now or by the next one who settles")
    @Outcome(expect = FORBIDDEN, desc = "It was missed")
    public static class AddSettle {

        private final LoadNotices notices = new LoadNotices();
        private final Standing one = new Standing(0, notices);

        @Actor
        void ends() {
            one.change();
        }

        @Actor
        void hasTheLock() {
            notices.settle(index -> one.follow());
        }

        @Arbiter
        void after(I_Result result) {
            notices.settle(index -> one.follow());
            result.r1 = one.count();
        }
    }

    /** The second change comes while the first one may be being followed. */
    @JCStressTest
    @State
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "Both changes were followed")
    @Outcome(expect = FORBIDDEN, desc = "The second one was taken for the first, and missed")
    public static class AddAgainSettle {

        private final LoadNotices notices = new LoadNotices();
        private final Standing one = new Standing(0, notices);

        public AddAgainSettle() {
            one.changeAgain();
        }

        @Actor
        void ends() {
            one.changeAgain();
        }

        @Actor
        void hasTheLock() {
            notices.settle(index -> one.follow());
        }

        @Arbiter
        void after(I_Result result) {
            notices.settle(index -> one.follow());
            result.r1 = one.count();
        }
    }

    @JCStressTest
    @State
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Both were noted")
    @Outcome(expect = FORBIDDEN, desc = "One was lost")
    public static class AddAdd {

        private final LoadNotices notices = new LoadNotices();
        private final Standing one = new Standing(0, notices);
        private final Standing other = new Standing(1, notices);

        @Actor
        void ends() {
            one.change();
        }

        @Actor
        void endsElsewhere() {
            other.change();
        }

        @Arbiter
        void after(II_Result result) {
            notices.settle(index -> (index == 0 ? one : other).follow());
            result.r1 = one.count();
            result.r2 = other.count();
        }
    }

    @JCStressTest
    @State
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "It was noted once, above the one below")
    @Outcome(expect = FORBIDDEN, desc = "A change was missed, or the stack was torn")
    public static class AddSame {

        private final LoadNotices notices = new LoadNotices();
        private final Standing one = new Standing(0, notices);
        private final Standing below = new Standing(1, notices);

        public AddSame() {
            below.change();
        }

        @Actor
        void ends() {
            one.change();
        }

        @Actor
        void endsToo() {
            one.change();
        }

        @Arbiter
        void after(II_Result result) {
            notices.settle(index -> (index == 0 ? one : below).follow());
            result.r1 = one.count();
            result.r2 = below.count();
        }
    }
}
