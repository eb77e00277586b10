package io.serviceresolver.balancer;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The indexes of candidates whose counts changed since they were last looked at, each of them once: a stack without a lock (R. K.
 * Treiber, "Systems Programming: Coping with Parallelism", IBM RJ 5118, 1986), emptied as a whole.
 *
 * <p>The links are in segments, each twice as long as the one before and made when it is first used, so that none is ever
 * moved (D. Dechev, P. Pirkelbauer, B. Stroustrup, "Lock-Free Dynamically Resizable Arrays", OPODIS 2006).
 */
final class LoadNotices {

    /** How many bits an offset in the first segment has; in each of the others it has one more than in the one before. */
    private static final int FIRST_BITS = 4;

    private static final int FIRST_LENGTH = 1 << FIRST_BITS;

    /** The link of what is in no stack, and the top of a stack in which nothing is. */
    private static final int NONE = 0;

    /** The link of what is at the bottom of a stack. Others are the index of the one below, and one. */
    private static final int BOTTOM = -1;

    private final AtomicReferenceArray<@Nullable AtomicIntegerArray> segments =
            new AtomicReferenceArray<>(Integer.SIZE - 1 - FIRST_BITS);

    /** Pushed by whoever changed a count, emptied by whoever has the balancer's lock. */
    private final AtomicInteger top = new AtomicInteger(NONE);

    /** Whether a change of this one will be seen by whoever empties the stack next. */
    boolean isNoted(int index) {
        AtomicIntegerArray segment = segments.get(segment(index));
        return segment != null && segment.get(offset(index)) != NONE;
    }

    /** Notes that a count changed. To be called after it did. */
    void add(int index) {
        AtomicIntegerArray segment = madeSegment(segment(index));
        int link = offset(index);
        if (!segment.compareAndSet(link, NONE, BOTTOM)) {
            return;
        }
        while (true) {
            int below = top.get();
            segment.set(link, below == NONE ? BOTTOM : below);
            if (top.compareAndSet(below, index + 1)) {
                return;
            }
        }
    }

    /** Lets all noted ones follow their counts. */
    void settle(IntConsumer follow) {
        int noted = top.get() == NONE ? NONE : top.getAndSet(NONE);
        while (noted > 0) {
            int index = noted - 1;
            AtomicIntegerArray segment = madeSegment(segment(index));
            noted = segment.get(offset(index));
            // Before the count is read: a change that comes after is noted anew.
            segment.set(offset(index), NONE);
            follow.accept(index);
        }
    }

    private AtomicIntegerArray madeSegment(int number) {
        AtomicIntegerArray segment = segments.get(number);
        if (segment == null) {
            AtomicIntegerArray made = new AtomicIntegerArray(FIRST_LENGTH << number);
            AtomicIntegerArray other = segments.compareAndExchange(number, null, made);
            return other == null ? made : other;
        }
        return segment;
    }

    private static int segment(int index) {
        return Integer.SIZE - 1 - FIRST_BITS - Integer.numberOfLeadingZeros(FIRST_LENGTH + index);
    }

    private static int offset(int index) {
        int position = FIRST_LENGTH + index;
        return position ^ Integer.highestOneBit(position);
    }
}
