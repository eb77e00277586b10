package io.serviceresolver.endpoint;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;

/** Endpoints in an order. Immutable; it is read, copied and compared as fast as an array, for there are many at each update. */
@SuppressWarnings("ReferenceEquality") // What is the same object needs no comparison, and all but a few are.
final class EndpointList extends AbstractList<Endpoint> implements RandomAccess {

    private final Endpoint[] endpoints;

    /**
     * Makes a list without a copy.
     *
     * @param endpoints which nobody changes from now on
     */
    EndpointList(Endpoint... endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public Endpoint get(int index) {
        return endpoints[index];
    }

    @Override
    public int size() {
        return endpoints.length;
    }

    /** How many stand at the same places, from the beginning, in some others. */
    int sameFirst(Endpoint... others) {
        int most = Math.min(endpoints.length, others.length);
        int same = 0;
        while (same < most && endpoints[same] == others[same]) {
            same++;
        }
        return same;
    }

    /**
     * How many stand at the same places, from the end, in some others.
     *
     * @param most how many are to be looked at
     */
    int sameLast(int most, Endpoint... others) {
        int end = endpoints.length - 1;
        int otherEnd = others.length - 1;
        int same = 0;
        while (same < most && endpoints[end - same] == others[otherEnd - same]) {
            same++;
        }
        return same;
    }

    @Override
    public Object[] toArray() {
        return Arrays.copyOf(endpoints, endpoints.length, Object[].class);
    }

    @Override
    @SuppressWarnings("unchecked") // As in every list: an array of that kind, or an exception.
    public <T> T[] toArray(T[] into) {
        return into.length < endpoints.length
                ? (T[]) Arrays.copyOf(endpoints, endpoints.length, into.getClass())
                : super.toArray(into);
    }
}
