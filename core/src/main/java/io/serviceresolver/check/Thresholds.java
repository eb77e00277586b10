package io.serviceresolver.check;

import io.serviceresolver.text.BadInput;

/**
 * How many results make a verdict.
 *
 * @param unhealthy failures in a row that make an endpoint unhealthy
 * @param healthy passes in a row that make it healthy again
 * @param atFirst what it is before the first result
 */
record Thresholds(int unhealthy, int healthy, AtFirst atFirst) {

    static final Thresholds STANDARD = new Thresholds(3, 1, AtFirst.HEALTHY);

    /** What an endpoint is taken for that was not asked yet. */
    enum AtFirst {
        HEALTHY,
        UNHEALTHY
    }

    Thresholds {
        if (unhealthy < 1 || healthy < 1) {
            throw BadInput.of("thresholds", unhealthy + " and " + healthy, "1 or more each");
        }
    }

    boolean isUnhealthyAtFirst() {
        return atFirst == AtFirst.UNHEALTHY;
    }
}
