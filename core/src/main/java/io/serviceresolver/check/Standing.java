package io.serviceresolver.check;

import io.serviceresolver.check.ProbeResult.Failed;

/** What the checks of one endpoint come to. It has no clock. Not thread-safe. */
final class Standing {

    private final Thresholds thresholds;

    /** Whether any check has decided. */
    private boolean decided;

    private boolean unhealthy;
    private int passes;
    private int failures;
    private String lastFailure = "";

    Standing(Thresholds thresholds) {
        this.thresholds = thresholds;
        this.unhealthy = thresholds.isUnhealthyAtFirst();
    }

    /** Takes the result of a check: whether the verdict is another one now. */
    boolean record(ProbeResult result) {
        boolean before = unhealthy;
        if (result instanceof Failed failed) {
            passes = 0;
            failures++;
            lastFailure = failed.reason();
            if (failures >= thresholds.unhealthy()) {
                decide(true);
            }
        } else {
            passes++;
            if (!unhealthy || !decided || passes >= thresholds.healthy()) {
                failures = 0;
                decide(false);
            }
        }
        return before != unhealthy;
    }

    private void decide(boolean verdict) {
        decided = true;
        unhealthy = verdict;
    }

    boolean isUnhealthy() {
        return unhealthy;
    }

    /** What went wrong, if anything did. */
    String reason() {
        if (failures == 0) {
            return decided ? "" : "not checked yet";
        }
        return "check failed: " + lastFailure + ", " + failures + (failures == 1 ? " time" : " times in a row");
    }
}
