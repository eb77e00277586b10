package io.serviceresolver.benchmarks.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** A list of endpoints, in whatever form a library has them, of which each step replaces one. Not thread-safe. */
final class Addresses<T> {

    static final int PORT = 8080;

    private final IntFunction<T> factory;
    private final List<T> all = new ArrayList<>();
    private int replaced;

    Addresses(int count, IntFunction<T> factory) {
        this.factory = factory;
        for (int i = 0; i < count; i++) {
            all.add(factory.apply(i));
        }
    }

    static String host(int number) {
        return "10." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
    }

    /** All of them now, in the kind of list that nobody has to copy twice. */
    List<T> all() {
        return new ArrayList<>(all);
    }

    /** The one that goes at the next step. */
    T leaving() {
        return all.get(replaced % all.size());
    }

    /** The one that comes in its place: the step. */
    T replace() {
        T coming = factory.apply(all.size() + replaced % 1_000_000);
        all.set(replaced % all.size(), coming);
        replaced++;
        return coming;
    }
}
