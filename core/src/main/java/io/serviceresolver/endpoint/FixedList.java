package io.serviceresolver.endpoint;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;

/**
 * Objects in an order. Immutable; it is read, copied and compared as fast as an array, for there are many at each update. What
 * kind of objects they are is not checked before one is taken out: to check it, each would have to be fetched from memory,
 * and nearly all of them are only compared by identity and copied.
 */
final class FixedList<E> extends AbstractList<E> implements RandomAccess {

    private final Object[] elements;

    /**
     * Makes a list without a copy.
     *
     * @param elements which nobody changes from now on
     */
    FixedList(Object... elements) {
        this.elements = elements;
    }

    @Override
    @SuppressWarnings("unchecked") // Whoever takes it out checks it.
    public E get(int index) {
        return (E) elements[index];
    }

    @Override
    public int size() {
        return elements.length;
    }

    /** How many stand at the same places, from the beginning, in some others. */
    int sameFirst(Object... others) {
        int most = Math.min(elements.length, others.length);
        int same = 0;
        while (same < most && elements[same] == others[same]) {
            same++;
        }
        return same;
    }

    /**
     * How many stand at the same places, from the end, in some others.
     *
     * @param most how many are to be looked at
     */
    int sameLast(int most, Object... others) {
        int end = elements.length - 1;
        int otherEnd = others.length - 1;
        int same = 0;
        while (same < most && elements[end - same] == others[otherEnd - same]) {
            same++;
        }
        return same;
    }

    @Override
    public Object[] toArray() {
        return elements.clone();
    }

    @Override
    @SuppressWarnings("unchecked") // As in every list: an array of that kind, or an exception.
    public <T> T[] toArray(T[] into) {
        return into.length < elements.length
                ? (T[]) Arrays.copyOf(elements, elements.length, into.getClass())
                : super.toArray(into);
    }
}
