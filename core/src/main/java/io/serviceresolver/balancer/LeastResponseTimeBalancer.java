package io.serviceresolver.balancer;

import io.serviceresolver.call.Outcome;
import java.util.List;

/**
 * The one with the least (expected response time) x (calls in flight + 1), of all or of five.
 *
 * <p>The expected response time is the mean of the last calls, drawn to the mean of all candidates by the weight of four
 * calls: the estimator of W. James and C. Stein, "Estimation with Quadratic Loss" (4th Berkeley Symposium, 1961), as empirical
 * Bayes (B. Efron, C. Morris, "Data Analysis Using Stein's Estimator and its Generalizations", JASA 70(350), 1975). What is
 * not known of a candidate is taken from the others, so that one slow call does not condemn it, nor one fast call make all
 * rush to it, as with the average of few calls.
 *
 * <p>That five random ones do nearly as well as all is the power of choices (M. Mitzenmacher, IEEE TPDS 12(10), 2001). As long
 * as nothing is known, one comes by rotation and wins ties: with nothing in flight, that is a round robin.
 */
final class LeastResponseTimeBalancer implements Balancer {

    private final BalancerContext context;
    private final ResponseTimes times;
    private final LeastLoad best = new LeastLoad();
    private final Cursor cursor;

    private final Estimates<TimedCandidate> estimates = new Estimates<>(new TimedCandidate[0]);

    LeastResponseTimeBalancer(BalancerContext context) {
        this.context = context;
        this.times = new ResponseTimes(context);
        this.cursor = new Cursor(context.random());
    }

    @Override
    public Picker update(List<? extends Candidate> candidates) {
        Candidate[] now = candidates.toArray(new Candidate[0]);
        TimedCandidate[] all = estimates.update(now, times::newcomer, ResponseTimes::unknown);
        best.forget();
        return picker(now, all, Weights.of(candidates, context));
    }

    private Picker picker(Candidate[] now, TimedCandidate[] all, double[] weights) {
        if (all.length == 1) {
            return all[0]::candidate;
        }
        if (!Weights.areEqual(weights)) {
            return new LeastOfThreeByWeight(all, weights, cursor, times, context.random());
        }
        return all.length <= LeastOfAll.FEW
                ? new LeastOfAll(all, cursor, times, best, context.random())
                : new LeastOfFive(now, all, cursor, times, context.random());
    }

    @Override
    public Interest interest() {
        return Interest.LATENCY;
    }

    @Override
    public void ended(Candidate at, Outcome outcome, long latencyNanos) {
        TimedCandidate of = estimates.find(at);
        if (of != null) {
            int now = times.ended(of, outcome, latencyNanos);
            if (best.isUsed()) {
                best.fell(of.load(times, now));
            }
        }
    }
}
