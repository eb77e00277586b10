package io.serviceresolver.dns;

/**
 * Holds a set against answers that would empty it: for a while from the first one on, and until there were three of them.
 * Failures in between neither count nor begin it anew: a server that fails now and then would prolong it for ever, and one
 * that was down all the while would end it by one answer. Not thread-safe.
 */
final class NegativeHold {

    /** As often the answer must be given, however long ago the first time was. */
    private static final int LEAST_ANSWERS = 3;

    private final long holdNanos;
    private int answers;
    private long sinceNanos;

    /** Holds for this time; not at all where it is zero. */
    NegativeHold(long holdNanos) {
        this.holdNanos = holdNanos;
    }

    /** Takes such an answer: for how many nanoseconds yet the set is held; zero where the answer is to be believed. */
    long answered(long now) {
        if (answers++ == 0) {
            sinceNanos = now;
        }
        long left = holdNanos - (now - sinceNanos);
        if (left > 0) {
            return left;
        }
        return answers < LEAST_ANSWERS ? holdNanos / LEAST_ANSWERS : 0;
    }

    /** Whether the last answer was the first of its kind. */
    boolean hasJustBegun() {
        return answers == 1;
    }

    /** Ends it: there was another answer, or this one was believed. */
    void end() {
        answers = 0;
    }
}
