package io.serviceresolver.balancer;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Candidates of equal weight in the order of their calls in flight, and the borders between those with equal counts: the
 * least loaded are at the beginning. A count that goes up or down by one moves one candidate across one border, so that it
 * costs the same whatever their number; so does one that comes or goes, but for the number of borders. Not thread-safe.
 *
 * <p>The order is one of numbers and not of references, each store of which would cost a barrier of the garbage collector; a
 * candidate has its number for as long as it stands here.
 */
final class LoadOrder {

    /** Higher counts than this are taken for this, so that the borders have an end. */
    static final int MAX_COUNT = 1 << 20;

    private static final int FIRST_CAPACITY = 8;
    private static final int FIRST_BORDERS = 4;

    private final double weight;

    /** By their numbers. */
    private @Nullable Candidate[] candidates = new Candidate[0];

    /** How many calls each is taken to have in flight, by number. */
    private int[] counts = {};

    /** The place of each, by number. */
    private int[] places = {};

    /** The numbers, by place; behind the last place in use those that are free. */
    private int[] order = {};

    /** At each count, how many have fewer: where its block begins. The last one is the end of all blocks. */
    private int[] begin = new int[FIRST_BORDERS];

    private int size;

    /** The least count. */
    private int least;

    /** What the next call at the least loaded would make its load, in relation to its weight. */
    private double load;

    LoadOrder(double weight) {
        this.weight = weight;
    }

    double weight() {
        return weight;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** How many, from the beginning on, have the least count. */
    int ties() {
        return begin[least + 1];
    }

    /** The load of the least loaded with one call more: (calls in flight + 1) / weight. */
    double load() {
        return load;
    }

    /**
     * One of the least loaded, all with the same probability.
     *
     * @param random 32 random bits
     */
    Candidate pick(int random) {
        return candidate(draw(random));
    }

    /** As {@link #pick}, and begins a call there. */
    Candidate begin(int random, Balancer knows) {
        int number = draw(random);
        Candidate chosen = candidate(number);
        chosen.begin(knows);
        follow(number);
        return chosen;
    }

    private int draw(int random) {
        return order[Draws.scale(random, ties())];
    }

    @SuppressWarnings("NullAway") // Numbers in use have a candidate.
    private Candidate candidate(int number) {
        return candidates[number];
    }

    /** Moves one to where the count belongs that it has now. */
    void follow(int number) {
        int now = Math.min(candidate(number).inFlight(), MAX_COUNT);
        // By one, as a rule: the loop is for what was noted and not followed at once.
        if (now > counts[number]) {
            up(number);
        } else if (now < counts[number]) {
            down(number);
        }
        if (now != counts[number]) {
            followFar(number, now);
        }
    }

    private void followFar(int number, int now) {
        while (counts[number] < now) {
            up(number);
        }
        while (counts[number] > now) {
            down(number);
        }
    }

    /** To the end of its block, which then ends before it. */
    private void up(int number) {
        int count = counts[number];
        if (count + 4 > begin.length) {
            grow(count + 4);
        }
        int last = begin[count + 1] - 1;
        swap(number, last);
        begin[count + 1] = last;
        counts[number] = count + 1;
        if (count == least && last == begin[count]) {
            setLeast(count + 1);
        }
    }

    /** To the beginning of its block, which then begins behind it. */
    private void down(int number) {
        int count = counts[number];
        int first = begin[count];
        swap(number, first);
        begin[count] = first + 1;
        counts[number] = count - 1;
        if (count - 1 < least) {
            setLeast(count - 1);
        }
    }

    private void swap(int number, int place) {
        int from = places[number];
        int other = order[place];
        order[from] = other;
        places[other] = from;
        order[place] = number;
        places[number] = place;
    }

    private void setLeast(int count) {
        least = count;
        load = (count + 1.0) / weight;
    }

    private void grow(int length) {
        int before = begin.length;
        begin = Arrays.copyOf(begin, Math.max(length, before * 2));
        Arrays.fill(begin, before, begin.length, size);
    }

    /** Takes one in, by the count that it has now: its number. */
    int add(Candidate candidate) {
        if (size == order.length) {
            makeRoom();
        }
        int number = order[size];
        int top = begin.length - 2;
        candidates[number] = candidate;
        counts[number] = top;
        size++;
        begin[top + 1] = size;
        if (size == 1) {
            setLeast(top);
        }
        followFar(number, Math.min(candidate.inFlight(), MAX_COUNT));
        return number;
    }

    private void makeRoom() {
        int before = order.length;
        int room = Math.max(FIRST_CAPACITY, before * 2);
        candidates = Arrays.copyOf(candidates, room);
        counts = Arrays.copyOf(counts, room);
        places = Arrays.copyOf(places, room);
        order = Arrays.copyOf(order, room);
        for (int number = before; number < room; number++) {
            order[number] = number;
            places[number] = number;
        }
    }

    /** Lets one go, whose number is free then. */
    void remove(int number) {
        int top = begin.length - 2;
        while (counts[number] < top) {
            // To the end of its block, over and over: the borders have room for it.
            int count = counts[number];
            int last = begin[count + 1] - 1;
            swap(number, last);
            begin[count + 1] = last;
            counts[number] = count + 1;
        }
        swap(number, size - 1);
        size--;
        begin[top + 1] = size;
        candidates[number] = null;
        int count = 0;
        while (count < top && begin[count + 1] == 0) {
            count++;
        }
        setLeast(count);
    }
}
