package io.serviceresolver.balancer;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A spin lock for sections of some nanoseconds. Whoever finds it taken leaves it alone for a while, which lets its owner
 * get on (T. E. Anderson, "The Performance of Spin Lock Alternatives for Shared-Memory Multiprocessors", IEEE TPDS 1(1),
 * 1990), and gives up after some microseconds: an owner that lost its CPU holds up nobody for long.
 * It is its own flag, to be one object.
 */
final class PatientLock extends AtomicBoolean {

    private static final long serialVersionUID = 1L;

    private static final int FIRST_PAUSES = 16;
    private static final int MOST_PAUSES = 64;

    /** After so many pauses in all it is not worth while to wait. */
    private static final int PATIENCE = 512;

    /** Takes the lock if it is free now or soon: whether it was taken. */
    boolean tryAcquire() {
        return tryAcquireAtOnce() || waitFor();
    }

    /** Takes the lock if it is free now: whether it was taken. */
    boolean tryAcquireAtOnce() {
        return compareAndSet(false, true);
    }

    private boolean waitFor() {
        int pauses = FIRST_PAUSES;
        for (int waited = 0; waited < PATIENCE; waited += pauses) {
            for (int i = 0; i < pauses; i++) {
                Thread.onSpinWait();
            }
            if (!getPlain() && compareAndSet(false, true)) {
                return true;
            }
            pauses = Math.min(pauses * 2, MOST_PAUSES);
        }
        return false;
    }

    /** Gives the lock back. */
    void release() {
        setRelease(false);
    }
}
