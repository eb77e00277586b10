package io.serviceresolver.health;

import io.serviceresolver.health.EndpointHealth.Ejection;
import io.serviceresolver.health.EndpointHealth.Interval;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * Judges the endpoints of one service by what calls said of them: ejects them and lets them back, as an
 * {@link OutlierPolicy} says. It has no clock: time is told, in nanoseconds since some fixed moment. Not thread-safe.
 */
public final class OutlierDetector {

    private static final int LONGEST_TIMES = 30;
    private static final double JITTER = 0.2;
    private static final double DEVIATIONS = 1.9;
    private static final double LEAST_DIFFERENCE = 0.05;
    private static final int MIN_ENDPOINTS_BY_RATE = 5;
    private static final int MIN_CALLS_BY_RATE_FACTOR = 5;
    private static final int MIN_ENDPOINTS_BY_LATENCY = 3;
    private static final double LEAST_DELAY_MICROS = 10_000;

    private final OutlierPolicy policy;
    private final RandomGenerator random;

    /**
     * Starts without a judgement.
     *
     * @param policy when an endpoint is ejected
     * @param random for jitter
     */
    public OutlierDetector(OutlierPolicy policy, RandomGenerator random) {
        this.policy = policy;
        this.random = random;
    }

    /**
     * Judges one endpoint at once, because a call to it failed, or because its trial is decided.
     *
     * @param one the endpoint
     * @param all all endpoints of the service, this one among them
     * @param now the time
     * @return whether it was ejected, or let back
     */
    public boolean judge(EndpointHealth one, Collection<EndpointHealth> all, long now) {
        Optional<Ejection> left = one.ejection();
        if (left.isPresent()) {
            return decide(one, left.get().trial(), all, now);
        }
        if (isUnreachable(one)) {
            one.troubles().pardon();
            return ejectUnreachable(one, all, now);
        }
        int failures = one.troubles().failuresInARow();
        boolean tooMany = policy.consecutiveFailures() > 0 && failures >= policy.consecutiveFailures();
        return tooMany && eject(one, all, failures + " failures in a row", now);
    }

    private boolean decide(EndpointHealth one, Trial trial, Collection<EndpointHealth> all, long now) {
        if (!trial.hasPassed() && !trial.hasFailed()) {
            return false;
        }
        boolean again = trial.hasFailed()
                && (isUnreachable(one) ? ejectUnreachable(one, all, now) : eject(one, all, "failure on trial", now));
        if (!again) {
            one.troubles().release();
        }
        return true;
    }

    private boolean isUnreachable(EndpointHealth one) {
        return one.troubles().isUnreachable() && !policy.connectEjection().isZero();
    }

    private boolean ejectUnreachable(EndpointHealth one, Collection<EndpointHealth> all, long now) {
        return eject(one, all, "no connection", policy.connectEjection(), now);
    }

    /**
     * Opens the trial of those whose ejection is over, and lets those back whose trial nobody says anything of.
     *
     * @param all all endpoints of the service
     * @param now the time
     * @return whether there were any
     */
    public boolean advance(Collection<EndpointHealth> all, long now) {
        boolean any = false;
        for (EndpointHealth one : all) {
            Optional<Ejection> left = one.ejection();
            if (left.isPresent() && due(left.get()) - now <= 0) {
                any |= advance(one, left.get().trial(), now + policy.trial().toNanos());
            }
        }
        return any;
    }

    private static boolean advance(EndpointHealth one, Trial trial, long nextReview) {
        if (!trial.isOpen()) {
            one.troubles().openTrial(trial, nextReview);
            return true;
        }
        if (!trial.review(nextReview)) {
            return false;
        }
        one.troubles().release();
        return true;
    }

    private static long due(Ejection ejection) {
        Trial trial = ejection.trial();
        return trial.isOpen() ? trial.reviewNanos() : ejection.untilNanos();
    }

    /**
     * When {@link #advance} has something to do next.
     *
     * @param all all endpoints of the service
     * @param now the time
     * @return in how many nanoseconds, if any endpoint is ejected; negative where it is late
     */
    public OptionalLong nextAdvance(Collection<EndpointHealth> all, long now) {
        return all.stream()
                .flatMap(one -> one.ejection().stream())
                .mapToLong(left -> due(left) - now)
                .min();
    }

    /**
     * Judges all endpoints by the interval that ends now: to be called once in each {@link OutlierPolicy#interval}.
     *
     * @param recorded what was recorded in it of all endpoints of the service: also of those that are ejected, so that it is
     *     not held against them afterwards
     * @param now the time
     * @return whether any was ejected
     */
    public boolean judgeInterval(Collection<Interval> recorded, long now) {
        List<EndpointHealth> all = recorded.stream().map(Interval::health).toList();
        List<Interval> intervals =
                recorded.stream().filter(one -> !one.health().isEjected()).toList();
        boolean ejected = false;
        for (Interval one : intervals) {
            if (one.calls() >= policy.minCalls() && 1 - one.successRate() > policy.failureShare()) {
                ejected |= eject(one.health(), all, shown(one.failures(), one.calls()) + " failed", now);
            }
        }
        ejected |= ejectByRate(intervals, all, now);
        ejected |= ejectByLatency(intervals, all, now);
        return ejected;
    }

    private boolean ejectByRate(List<Interval> intervals, Collection<EndpointHealth> all, long now) {
        int least = MIN_CALLS_BY_RATE_FACTOR * policy.minCalls();
        List<Interval> telling =
                intervals.stream().filter(one -> one.calls() >= least).toList();
        if (telling.size() < MIN_ENDPOINTS_BY_RATE) {
            return false;
        }
        double mean =
                telling.stream().mapToDouble(Interval::successRate).average().orElseThrow();
        double variance = telling.stream()
                .mapToDouble(one -> (one.successRate() - mean) * (one.successRate() - mean))
                .average()
                .orElseThrow();
        double threshold = mean - Math.max(LEAST_DIFFERENCE, DEVIATIONS * Math.sqrt(variance));
        boolean ejected = false;
        for (Interval one : telling) {
            if (one.successRate() < threshold && !one.health().isEjected()) {
                String reason = shown(one.failures(), one.calls()) + " failed, " + percent(1 - mean) + " on average";
                ejected |= eject(one.health(), all, reason, now);
            }
        }
        return ejected;
    }

    private boolean ejectByLatency(List<Interval> intervals, Collection<EndpointHealth> all, long now) {
        List<Interval> telling = intervals.stream()
                .filter(one -> one.timed() >= policy.minCalls())
                .toList();
        if (telling.size() < MIN_ENDPOINTS_BY_LATENCY) {
            return false;
        }
        Interval slowest = telling.stream()
                .max(Comparator.comparingDouble(Interval::meanMicros))
                .orElseThrow();
        double median = telling.stream()
                .filter(one -> !one.equals(slowest))
                .mapToDouble(Interval::meanMicros)
                .sorted()
                .skip((telling.size() - 1) / 2)
                .findFirst()
                .orElseThrow();
        boolean ejected = false;
        for (Interval one : telling) {
            boolean slow = one.equals(slowest)
                    && one.meanMicros() > policy.latencyFactor() * median
                    && one.meanMicros() > median + LEAST_DELAY_MICROS;
            if (one.health().isSlowAgain(slow) && !one.health().isEjected()) {
                String reason = millis(one.meanMicros()) + " a call, " + millis(median) + " elsewhere";
                ejected |= eject(one.health(), all, reason, now);
            }
        }
        return ejected;
    }

    private boolean eject(EndpointHealth one, Collection<EndpointHealth> all, String reason, long now) {
        return eject(one, all, reason, policy.ejection(), now);
    }

    private boolean eject(EndpointHealth one, Collection<EndpointHealth> all, String reason, Duration first, long now) {
        long most = (long) (all.size() * policy.maxEjected());
        long ejected = all.stream()
                .filter(other -> other.isEjected() && !other.equals(one))
                .count();
        if (first.isZero() || ejected >= Math.min(most, all.size() - 1)) {
            return false;
        }
        int times = Math.min(LONGEST_TIMES, 1 << Math.min(one.troubles().ejectionsInARow(now), 5));
        double nanos = (double) first.toNanos() * times * (1 + JITTER * random.nextDouble());
        one.troubles().eject(reason, now, now + (long) nanos);
        return true;
    }

    private static String shown(long failures, long calls) {
        return failures + " of " + calls + " calls";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    private static String millis(double micros) {
        return String.format(Locale.ROOT, "%.1f ms", micros / 1_000);
    }
}
