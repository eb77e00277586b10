package io.serviceresolver.balancer;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where two arrays differ: the objects before it are the same at the same places from the beginning, those behind it from the
 * end. Comparing by identity costs next to nothing for each, and what is made for each needs to be made anew only within.
 *
 * @param start where it begins in both
 * @param endBefore where it ends in the one before
 * @param end where it ends in the other
 */
record Span(int start, int endBefore, int end) {

    /** All of two arrays. */
    static Span all(Object[] before, Object[] now) {
        return new Span(0, before.length, now.length);
    }

    static Span between(Object[] before, Object[] now) {
        int most = Math.min(before.length, now.length);
        int start = 0;
        while (start < most && before[start] == now[start]) {
            start++;
        }
        int last = 0;
        while (last < most - start && before[before.length - 1 - last] == now[now.length - 1 - last]) {
            last++;
        }
        return new Span(start, before.length - last, now.length - last);
    }

    /** Copies what lies around it: what belongs to the array before is taken over for the other. */
    <T> T[] copyAround(T[] before, T[] now) {
        System.arraycopy(before, 0, now, 0, start);
        System.arraycopy(before, endBefore, now, end, now.length - end);
        return now;
    }

    /**
     * What is found by the index of a candidate: as before, but for what lies within.
     *
     * @param byIndex as it was for the candidates before
     * @param made for each of the candidates now, in their order
     */
    <T> @Nullable T[] place(@Nullable T[] byIndex, Candidate[] before, Candidate[] now, T[] made) {
        int length = byIndex.length;
        for (int i = start; i < end; i++) {
            length = Math.max(length, now[i].index() + 1);
        }
        @Nullable T[] placed = Arrays.copyOf(byIndex, length);
        for (int i = start; i < endBefore; i++) {
            placed[before[i].index()] = null;
        }
        for (int i = start; i < end; i++) {
            placed[now[i].index()] = made[i];
        }
        return placed;
    }
}
