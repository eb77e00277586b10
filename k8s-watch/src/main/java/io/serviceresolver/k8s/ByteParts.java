package io.serviceresolver.k8s;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A text that came in parts, in as much memory as it is long. Not thread-safe. */
final class ByteParts {

    private final List<byte[]> parts = new ArrayList<>();
    private int size;

    /** The part from which the next range is looked for, and where it begins: ranges are asked for in order. */
    private int next;

    private int nextStart;

    /** Adds what remains of a buffer. */
    void add(ByteBuffer part) {
        byte[] copy = new byte[part.remaining()];
        part.get(copy);
        parts.add(copy);
        size += copy.length;
    }

    int size() {
        return size;
    }

    /** All of it. */
    InputStream stream() {
        return new SequenceInputStream(Collections.enumeration(
                parts.stream().map(ByteArrayInputStream::new).toList()));
    }

    /** A copy of so many bytes from one of them on, which must not be before that of the last time. */
    byte[] range(int from, int length) {
        while (nextStart + parts.get(next).length <= from) {
            nextStart += parts.get(next++).length;
        }
        byte[] range = new byte[length];
        int filled = 0;
        int skipped = from - nextStart;
        for (int i = next; filled < length; i++) {
            int count = Math.min(parts.get(i).length - skipped, length - filled);
            System.arraycopy(parts.get(i), skipped, range, filled, count);
            filled += count;
            skipped = 0;
        }
        return range;
    }
}
