package io.serviceresolver.balancer;

import static io.serviceresolver.call.Outcome.SUCCESS;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.DD_Result;
import org.openjdk.jcstress.infra.results.D_Result;

/** What two calls that end at once say of how long calls take. */
final class LatencyRaces {

    private static final int NOW = 1_000;

    private LatencyRaces() {}

    @JCStressTest
    @State
    @Outcome(id = "2.0, 200.0", expect = ACCEPTABLE, desc = "Both count, by their mean")
    @Outcome(expect = FORBIDDEN, desc = "One is lost, or a mean goes with another number of calls")
    public static class MeanAddAdd {

        private final MeanLatency mean = new MeanLatency(0);

        @Actor
        void fast() {
            mean.add(100, NOW, 30);
        }

        @Actor
        void slow() {
            mean.add(300, NOW, 30);
        }

        @Arbiter
        void after(DD_Result result) {
            result.r1 = mean.calls(NOW);
            result.r2 = mean.mean();
        }
    }

    @JCStressTest
    @State
    @Outcome(id = "0.0, 0.0", expect = ACCEPTABLE, desc = "Before")
    @Outcome(id = "1.0, 100.0", expect = ACCEPTABLE, desc = "After")
    @Outcome(id = "0.0, 100.0", expect = ACCEPTABLE, desc = "Between: two reads are two words")
    @Outcome(expect = FORBIDDEN, desc = "Half of a word")
    public static class MeanAddSee {

        private final MeanLatency mean = new MeanLatency(0);

        @Actor
        void ends() {
            mean.add(100, NOW, 30);
        }

        @Actor
        void picks(DD_Result result) {
            result.r1 = mean.calls(NOW);
            result.r2 = mean.mean();
        }
    }

    @JCStressTest
    @State
    @Outcome(id = "300.0", expect = ACCEPTABLE, desc = "The slower of two at one moment is the peak")
    @Outcome(expect = FORBIDDEN, desc = "The peak is lost")
    public static class PeakObserveObserve {

        private final PeakLatency peak = new PeakLatency(new Counted(0), 10_000_000_000L);

        @Actor
        void fast() {
            peak.observe(SUCCESS, 100, 0);
        }

        @Actor
        void slow() {
            peak.observe(SUCCESS, 300, 0);
        }

        @Arbiter
        void after(D_Result result) {
            result.r1 = peak.load(0, 0, 1);
        }
    }
}
