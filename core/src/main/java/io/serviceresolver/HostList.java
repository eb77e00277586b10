package io.serviceresolver;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;

/** Hosts in an order. Immutable; it is read, copied and compared as fast as an array, for there are many at each update. */
final class HostList extends AbstractList<Host> implements RandomAccess {

    static final HostList EMPTY = new HostList();

    private final Host[] hosts;

    /**
     * Makes a list without a copy.
     *
     * @param hosts which nobody changes from now on
     */
    HostList(Host... hosts) {
        this.hosts = hosts;
    }

    @Override
    public Host get(int index) {
        return hosts[index];
    }

    @Override
    public int size() {
        return hosts.length;
    }

    /**
     * The first and the last of them, and nothing yet between.
     *
     * @param first how many from the beginning
     * @param last how many from the end
     * @param size how many there are to be
     */
    Host[] copy(int first, int last, int size) {
        Host[] copy = new Host[size];
        System.arraycopy(hosts, 0, copy, 0, first);
        System.arraycopy(hosts, hosts.length - last, copy, size - last, last);
        return copy;
    }

    @Override
    public Object[] toArray() {
        return Arrays.copyOf(hosts, hosts.length, Object[].class);
    }

    @Override
    @SuppressWarnings("unchecked") // As in every list: an array of that kind, or an exception.
    public <T> T[] toArray(T[] into) {
        return into.length < hosts.length
                ? (T[]) Arrays.copyOf(hosts, hosts.length, into.getClass())
                : super.toArray(into);
    }
}
