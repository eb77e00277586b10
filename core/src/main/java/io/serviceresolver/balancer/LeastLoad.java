package io.serviceresolver.balancer;

/**
 * A load that no candidate is below: whoever has it is the best, and the others need not be looked at. A call that begins
 * makes a load higher only; one that ends is told here. All is written without order: when it is off, another
 * candidate is taken that was nearly as good, until the next moment.
 */
final class LeastLoad {

    private float load;

    /** When that was so. */
    private int moment = ResponseTimes.NEVER;

    /** Whether anybody wants to know. */
    boolean isUsed() {
        return moment != ResponseTimes.NEVER;
    }

    /** The least load at a moment; below zero where it is not known. */
    float at(int now) {
        return moment == now ? load : -1;
    }

    /** All were looked at. */
    void found(float least, int now) {
        load = least;
        moment = now;
    }

    /** One has less to do. */
    void fell(float to) {
        if (to < load) {
            load = to;
        }
    }

    /** There are other candidates from now on. */
    void forget() {
        moment = ResponseTimes.NEVER;
    }
}
