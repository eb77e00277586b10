package io.serviceresolver;

import java.util.List;
import java.util.Locale;

/**
 * Hosts that divide among themselves, by one balancer, the calls that they get together.
 *
 * @param key which ones
 * @param hosts at least one
 * @param share of all calls: 0 to 1
 */
record Tier(Key key, List<Host> hosts, double share) {

    private static final double PERCENT = 100;

    /**
     * What tells one tier of a handle from the others.
     *
     * @param priority 0 for the first one
     * @param zone empty where zones make no difference, or where it is not known
     */
    record Key(int priority, String zone) {

        @Override
        public String toString() {
            return "priority " + priority + (zone.isEmpty() ? "" : ", zone " + zone);
        }
    }

    /** {@code priority 0, zone za: 72.0 % of calls}. */
    @Override
    public String toString() {
        return key + ": " + percent(share) + " of calls";
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * PERCENT);
    }
}
