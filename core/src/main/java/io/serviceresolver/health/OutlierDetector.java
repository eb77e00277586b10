package io.serviceresolver.health;

import io.serviceresolver.health.EndpointHealth.Ejection;
import io.serviceresolver.health.EndpointHealth.Interval;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
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
     * Judges some endpoints at once, because calls to them failed, or because their trials are decided.
     *
     * @param some those endpoints
     * @param all all endpoints of the service, these among them
     * @param now the time
     * @return whether any was ejected, or let back
     */
    public boolean judge(Collection<EndpointHealth> some, Collection<EndpointHealth> all, long now) {
        Room room = new Room(all);
        boolean any = false;
        for (EndpointHealth one : some) {
            any |= judge(one, room, now);
        }
        return any;
    }

    private boolean judge(EndpointHealth one, Room room, long now) {
        Optional<Ejection> left = one.ejection();
        if (left.isPresent()) {
            return decide(one, left.get().trial(), room, now);
        }
        if (isUnreachable(one)) {
            one.troubles().pardon();
            return ejectUnreachable(one, room, now);
        }
        int failures = one.troubles().failuresInARow();
        boolean tooMany = policy.consecutiveFailures() > 0 && failures >= policy.consecutiveFailures();
        return tooMany && eject(one, room, failures + " failures in a row", now);
    }

    private boolean decide(EndpointHealth one, Trial trial, Room room, long now) {
        if (!trial.hasPassed() && !trial.hasFailed()) {
            return false;
        }
        boolean again = trial.hasFailed()
                && (isUnreachable(one) ? ejectUnreachable(one, room, now) : eject(one, room, "failure on trial", now));
        if (!again) {
            one.troubles().release();
            room.give();
        }
        return true;
    }

    private boolean isUnreachable(EndpointHealth one) {
        return one.troubles().isUnreachable() && !policy.connectEjection().isZero();
    }

    private boolean ejectUnreachable(EndpointHealth one, Room room, long now) {
        return eject(one, room, "no connection", policy.connectEjection(), now);
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
                any |= advance(one, left.get().trial(), now + TimeUnit.NANOSECONDS.convert(policy.trial()));
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
        Room room = new Room(recorded.stream().map(Interval::health).toList());
        List<Interval> intervals =
                recorded.stream().filter(one -> !one.health().isEjected()).toList();
        boolean ejected = false;
        for (Interval one : intervals) {
            if (one.calls() >= policy.minCalls() && 1 - one.successRate() > policy.failureShare()) {
                ejected |= eject(one.health(), room, shown(one.failures(), one.calls()) + " failed", now);
            }
        }
        ejected |= ejectByRate(intervals, room, now);
        ejected |= ejectByLatency(intervals, room, now);
        return ejected;
    }

    private boolean ejectByRate(List<Interval> intervals, Room room, long now) {
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
                ejected |= eject(one.health(), room, reason, now);
            }
        }
        return ejected;
    }

    private boolean ejectByLatency(List<Interval> intervals, Room room, long now) {
        List<Interval> telling = new ArrayList<>();
        for (Interval one : intervals) {
            if (one.timed() >= policy.minCalls()) {
                telling.add(one);
            } else {
                one.health().isSlowAgain(false);
            }
        }
        if (telling.size() < MIN_ENDPOINTS_BY_LATENCY) {
            telling.forEach(one -> one.health().isSlowAgain(false));
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
                ejected |= eject(one.health(), room, reason, now);
            }
        }
        return ejected;
    }

    private boolean eject(EndpointHealth one, Room room, String reason, long now) {
        return eject(one, room, reason, policy.ejection(), now);
    }

    private boolean eject(EndpointHealth one, Room room, String reason, Duration first, long now) {
        if (first.isZero() || !room.take(one)) {
            return false;
        }
        int times = Math.min(LONGEST_TIMES, 1 << Math.min(one.troubles().ejectionsInARow(now), 5));
        double nanos = (double) TimeUnit.NANOSECONDS.convert(first) * times * (1 + JITTER * random.nextDouble());
        one.troubles().eject(reason, now, now + (long) nanos);
        return true;
    }

    /** How many more may be ejected: counted once, as there may be many to judge. */
    private final class Room {

        private final long most;
        private long ejected;

        Room(Collection<EndpointHealth> all) {
            most = Math.min((long) (all.size() * policy.maxEjected()), all.size() - 1);
            ejected = all.stream().filter(EndpointHealth::isEjected).count();
        }

        /** Whether one may be ejected, perhaps once more. */
        boolean take(EndpointHealth one) {
            if (one.isEjected()) {
                return ejected <= most;
            }
            boolean free = ejected < most;
            ejected += free ? 1 : 0;
            return free;
        }

        /** One was let back. */
        void give() {
            ejected--;
        }
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
