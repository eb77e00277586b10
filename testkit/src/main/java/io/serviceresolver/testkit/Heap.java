package io.serviceresolver.testkit;

import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.concurrent.Callable;

/** What this process holds in memory. */
public final class Heap {

    private static final int COLLECTIONS = 3;
    private static final int TIMES = 5;

    private Heap() {}

    /**
     * How many bytes something holds that is made for that: the median of several times, as what else there is in this process
     * takes memory and lets go of it meanwhile.
     *
     * @param maker makes it; it is closed where it can be
     * @return the number of bytes
     * @throws Exception if it cannot be made, or closed
     */
    public static long heldBy(Callable<?> maker) throws Exception {
        long[] held = new long[TIMES];
        for (int i = 0; i < TIMES; i++) {
            held[i] = heldOnceBy(maker);
        }
        Arrays.sort(held);
        return held[TIMES / 2];
    }

    private static long heldOnceBy(Callable<?> maker) throws Exception {
        long before = used();
        Object made = maker.call();
        try {
            return used() - before;
        } finally {
            Reference.reachabilityFence(made);
            if (made instanceof AutoCloseable open) {
                open.close();
            }
        }
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
