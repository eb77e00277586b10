package io.serviceresolver.http;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A deadline ends a body while its source goes on. */
final class BodySignalsRaces {

    private BodySignalsRaces() {}

    /** What a subscriber sees, as numbers: signals of the source, last signals, and how many came while another one was there. */
    abstract static class Subscriber {

        final BodySignals signals = new BodySignals();
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger overlaps = new AtomicInteger();

        /** Not atomic: one thread at a time is let through, and sees what the one before it wrote. */
        private int nexts;

        private int lasts;

        private void come() {
            if (inside.getAndIncrement() > 0) {
                overlaps.incrementAndGet();
            }
        }

        void onNext() {
            come();
            nexts++;
            overlaps.addAndGet(lasts);
            inside.decrementAndGet();
        }

        void onLast() {
            come();
            lasts++;
            inside.decrementAndGet();
        }

        void end() {
            if (signals.close(this::onLast)) {
                signals.deliver();
            }
        }

        void see(III_Result result) {
            result.r1 = nexts;
            result.r2 = lasts;
            result.r3 = overlaps.get();
        }
    }

    @JCStressTest
    @State
    @Outcome(id = "[012], 1, 0", expect = ACCEPTABLE, desc = "Some signals of the source, and then the last one")
    @Outcome(expect = FORBIDDEN, desc = "The last one is missing, comes twice, is not the last, or beside another")
    public static class NextEnd extends Subscriber {

        public NextEnd() {
            signals.subscribed();
        }

        private void next() {
            if (signals.enter()) {
                onNext();
                signals.leave();
            }
        }

        @Actor
        void source() {
            next();
            next();
        }

        @Actor
        void deadline() {
            end();
        }

        @Arbiter
        void after(III_Result result) {
            see(result);
        }
    }

    @JCStressTest
    @State
    @Outcome(id = "0, 1, 0", expect = ACCEPTABLE, desc = "The source's end, or that of time")
    @Outcome(expect = FORBIDDEN, desc = "Both, or none")
    public static class LastEnd extends Subscriber {

        public LastEnd() {
            signals.subscribed();
        }

        @Actor
        void source() {
            if (signals.enterLast()) {
                onLast();
                signals.leave();
            }
        }

        @Actor
        void deadline() {
            end();
        }

        @Arbiter
        void after(III_Result result) {
            see(result);
        }
    }

    /** Its subscription is counted as if it was a signal of the source. */
    @JCStressTest
    @State
    @Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "The last signal came after the subscription")
    @Outcome(expect = FORBIDDEN, desc = "It is missing, comes twice, or before the subscription has ended")
    public static class SubscribeEnd extends Subscriber {

        @Actor
        void source() {
            onNext();
            signals.subscribed();
        }

        @Actor
        void deadline() {
            end();
        }

        @Arbiter
        void after(III_Result result) {
            see(result);
        }
    }

    @JCStressTest
    @State
    @Outcome(id = "0, 1, 0", expect = ACCEPTABLE, desc = "One of the two is the last")
    @Outcome(expect = FORBIDDEN, desc = "Both, or none")
    public static class EndEnd extends Subscriber {

        public EndEnd() {
            signals.subscribed();
        }

        @Actor
        void deadline() {
            end();
        }

        @Actor
        void cancels() {
            end();
        }

        @Arbiter
        void after(III_Result result) {
            see(result);
        }
    }
}
