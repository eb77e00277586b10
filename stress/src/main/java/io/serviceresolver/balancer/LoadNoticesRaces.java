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

    /** A node in an order of its own. */
    private static LoadNode node(Counted candidate) {
        LoadNode node = new LoadNode(candidate);
        LoadOrder order = new LoadOrder(1);
        node.number = order.add(candidate);
        node.order = order;
        return node;
    }

    /** The count by which a node stands in its order. */
    private static int count(LoadNode node) {
        LoadOrder order = node.order;
        return order == null ? -1 : order.least();
    }

    @JCStressTest
    @State
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "The change was followed, now or by the next one who settles")
    @Outcome(expect = FORBIDDEN, desc = "It was missed")
    public static class AddSettle {

        private final LoadNotices notices = new LoadNotices();
        private final Counted candidate = new Counted();
        private final LoadNode node = node(candidate);

        @Actor
        void ends() {
            candidate.incrementAndGet();
            notices.add(node);
        }

        @Actor
        void hasTheLock() {
            notices.settle();
        }

        @Arbiter
        void after(I_Result result) {
            notices.settle();
            result.r1 = count(node);
        }
    }

    /** The second change comes while the first one may be being followed. */
    @JCStressTest
    @State
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "Both changes were followed")
    @Outcome(expect = FORBIDDEN, desc = "The second one was taken for the first, and missed")
    public static class AddAgainSettle {

        private final LoadNotices notices = new LoadNotices();
        private final Counted candidate = new Counted();
        private final LoadNode node = node(candidate);

        public AddAgainSettle() {
            change();
        }

        private void change() {
            candidate.incrementAndGet();
            if (!LoadNotices.isNoted(node)) {
                notices.add(node);
            }
        }

        @Actor
        void ends() {
            change();
        }

        @Actor
        void hasTheLock() {
            notices.settle();
        }

        @Arbiter
        void after(I_Result result) {
            notices.settle();
            result.r1 = count(node);
        }
    }

    @JCStressTest
    @State
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Both were noted")
    @Outcome(expect = FORBIDDEN, desc = "One was lost")
    public static class AddAdd {

        private final LoadNotices notices = new LoadNotices();
        private final Counted first = new Counted();
        private final Counted second = new Counted();
        private final LoadNode one = node(first);
        private final LoadNode other = node(second);

        @Actor
        void ends() {
            first.incrementAndGet();
            notices.add(one);
        }

        @Actor
        void endsElsewhere() {
            second.incrementAndGet();
            notices.add(other);
        }

        @Arbiter
        void after(II_Result result) {
            notices.settle();
            result.r1 = count(one);
            result.r2 = count(other);
        }
    }

    @JCStressTest
    @State
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "It was noted once, above the one below")
    @Outcome(expect = FORBIDDEN, desc = "A change was missed, or the stack was torn")
    public static class AddSame {

        private final LoadNotices notices = new LoadNotices();
        private final Counted candidate = new Counted();
        private final Counted below = new Counted();
        private final LoadNode node = node(candidate);
        private final LoadNode bottom = node(below);

        public AddSame() {
            below.incrementAndGet();
            notices.add(bottom);
        }

        @Actor
        void ends() {
            candidate.incrementAndGet();
            notices.add(node);
        }

        @Actor
        void endsToo() {
            candidate.incrementAndGet();
            notices.add(node);
        }

        @Arbiter
        void after(II_Result result) {
            notices.settle();
            result.r1 = count(node);
            result.r2 = count(bottom);
        }
    }
}
