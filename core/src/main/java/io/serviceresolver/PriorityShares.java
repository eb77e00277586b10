package io.serviceresolver;

import io.serviceresolver.routing.PanicPolicy;
import io.serviceresolver.routing.RoutingPolicy;
import java.util.List;

/** How calls are divided among priorities by the health of each, as Envoy does. */
final class PriorityShares {

    private final double[] shares;
    private final boolean[] panics;

    /**
     * How the endpoints of one priority are.
     *
     * @param healthy how many are healthy
     * @param usable how many could be called
     * @param all how many there are
     */
    record Health(int healthy, int usable, int all) {

        /** The share of all calls that the healthy ones can take. */
        double available() {
            return all == 0 ? 0 : Math.min(1, RoutingPolicy.OVERPROVISIONING * healthy / all);
        }

        boolean isBelow(double threshold) {
            return usable > 0 && (healthy == 0 || healthy < threshold * all);
        }
    }

    private PriorityShares(int levels) {
        this.shares = new double[levels];
        this.panics = new boolean[levels];
    }

    /**
     * Divides.
     *
     * @param levels the first priority first
     * @param threshold below which share of healthy ones panic begins
     * @param mode what calls do then
     */
    static PriorityShares of(List<Health> levels, double threshold, PanicPolicy.Mode mode) {
        PriorityShares made = new PriorityShares(levels.size());
        double total = levels.stream().mapToDouble(Health::available).sum();
        boolean enough = levels.size() > 1 && total >= 1;
        double[] available = new double[levels.size()];
        double usable = 0;
        for (int i = 0; i < available.length; i++) {
            Health level = levels.get(i);
            made.panics[i] = !enough && level.isBelow(threshold);
            available[i] = made.panics[i] && mode == PanicPolicy.Mode.FAIL ? 0 : level.available();
            usable += available[i];
        }
        if (usable == 0 && mode == PanicPolicy.Mode.USE_ALL) {
            made.giveAllToFirst(levels);
        } else if (usable > 0) {
            made.divide(available, Math.min(1, usable));
        }
        return made;
    }

    /** None is healthy: the first priority that has any endpoint gets all calls. */
    private void giveAllToFirst(List<Health> levels) {
        for (int i = 0; i < shares.length; i++) {
            if (levels.get(i).usable() > 0) {
                shares[i] = 1;
                return;
            }
        }
    }

    private void divide(double[] available, double total) {
        double left = 1;
        for (int i = 0; i < shares.length; i++) {
            shares[i] = Math.min(left, available[i] / total);
            left -= shares[i];
        }
    }

    double share(int level) {
        return shares[level];
    }

    boolean panics(int level) {
        return panics[level];
    }

    boolean anyPanics() {
        for (boolean one : panics) {
            if (one) {
                return true;
            }
        }
        return false;
    }
}
