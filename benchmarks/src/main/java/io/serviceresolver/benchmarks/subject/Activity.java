package io.serviceresolver.benchmarks.subject;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What is measured of a system. */
public enum Activity {
    /** Chooses; nothing is in flight. */
    PICK("To choose an endpoint", 10, 10_000, 2),
    /** Chooses, begins a call, and ends the oldest of 16 that each thread has in flight. */
    CALL("To choose, begin and end a call: 16 in flight for each thread", 10, 10_000, 2),
    /** The same, while four more calls are in flight for each endpoint. */
    BUSY("To choose, begin and end a call: 4 more in flight for each endpoint", 10, 10_000, 2),
    /** Chooses, while another thread replaces endpoints. */
    DURING("To choose, while 100 endpoints are replaced a second", 1_000, 10_000, 1),
    /** Replaces one endpoint, and chooses. */
    UPDATE("To replace one endpoint, and to choose", 1_000, 10_000, 1),
    /** The heap that is kept for each endpoint of one service. */
    HEAP("Heap for each endpoint of one service", 10_000, 10_000, 1),
    /** The heap that is kept for each endpoint where there are many services. */
    SERVICES("Heap for each endpoint of many services with 100 each", 100_000, 100_000, 1),
    /** Heap and threads of a system that follows no service. */
    REST("Heap and threads without a service", 1, 1, 1),
    /** Finds the selectors that match a set of labels. */
    MATCH("To find the selectors that match a set of labels", 10, 10_000, 1),
    /** Changes the labels of an object. */
    RELABEL("To change the labels of an object, and to know whom that concerns", 10, 10_000, 1);

    private final String title;
    private final int smallest;
    private final int largest;
    private final int mostThreads;

    Activity(String title, int smallest, int largest, int mostThreads) {
        this.title = title;
        this.smallest = smallest;
        this.largest = largest;
        this.mostThreads = mostThreads;
    }

    /** What a table of it is headed by. */
    public String title() {
        return title;
    }

    /** How many endpoints, or selectors, a system has, unless it is said otherwise. */
    public List<Integer> sizes() {
        return IntStream.iterate(smallest, size -> size <= largest, size -> size * 10)
                .boxed()
                .toList();
    }

    /** How many threads do it at once, unless it is said otherwise. */
    public List<Integer> threads() {
        return IntStream.rangeClosed(1, mostThreads).boxed().toList();
    }

    /** Whether it is the heap that counts, and not the time. */
    public boolean isFootprint() {
        return this == HEAP || this == SERVICES || this == REST;
    }

    /** As it is written in tables and on the command line: lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
