package io.serviceresolver.balancer;

import java.util.Arrays;

/**
 * Candidates of equal weight in the order of their calls in flight, and the borders between those with equal counts: the
 * least loaded are at the beginning. A count that goes up or down by one moves one candidate across one border, so that it
 * costs the same whatever their number; so does one that comes or goes, but for the number of borders. Not thread-safe.
 *
 * <p>The order is one of indexes and not of references, each store of which would cost a barrier of the garbage collector.
 */
final class LoadOrder {

    /** Higher counts than this are taken for this, so that the borders have an end. */
    static final int MAX_COUNT = 1 << 20;

    private static final int FIRST_CAPACITY = 8;
    private static final int FIRST_BORDERS = 4;

    private final double weight;

    private final LoadTable table;

    /** The indexes, by place. */
    private int[] order = {};

    /** At each count, how many have fewer: where its block begins. The last one is the end of all blocks. */
    private int[] begin = new int[FIRST_BORDERS];

    private int size;

    /** The least count. */
    private int least;

    /** How many, from the beginning on, have it. */
    private int ties;

    LoadOrder(double weight, LoadTable table) {
        this.weight = weight;
        this.table = table;
    }

    double weight() {
        return weight;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** How many, from the beginning on, have the least count. */
    int ties() {
        return ties;
    }

    /** The least count. */
    int least() {
        return least;
    }

    /**
     * One of the least loaded, all with the same probability.
     *
     * @param random 32 random bits
     */
    Candidate pick(int random) {
        return table.get(order[Draws.scale(random, ties)]);
    }

    /** As {@link #pick}, and begins a call there. */
    Candidate begin(int random, Balancer knows) {
        int place = Draws.scale(random, ties);
        int index = order[place];
        Candidate chosen = table.get(index);
        // Before it is counted, as whatever comes after an atomic change waits for it; whoever has the lock sees both.
        if (least < MAX_COUNT) {
            up(index, place, least);
        }
        chosen.begin(knows);
        return chosen;
    }

    /**
     * Moves one that stands here to where its count belongs.
     *
     * @param inFlight the count that it has now
     */
    void follow(int index, int inFlight) {
        int now = Math.min(inFlight, MAX_COUNT);
        long standing = table.standing(index);
        // By one, as a rule: the rest is for what was noted and not followed at once.
        int by = now - LoadTable.count(standing);
        if (by == -1) {
            down(index, LoadTable.place(standing), now + 1);
        } else if (by == 1) {
            up(index, LoadTable.place(standing), now - 1);
        } else if (by != 0) {
            followFar(index, now);
        }
    }

    private void followFar(int index, int now) {
        for (int count = LoadTable.count(table.standing(index)); count < now; count++) {
            up(index, LoadTable.place(table.standing(index)), count);
        }
        for (int count = LoadTable.count(table.standing(index)); count > now; count--) {
            down(index, LoadTable.place(table.standing(index)), count);
        }
    }

    /** To the end of its block, which then ends before it. */
    private void up(int index, int place, int count) {
        if (count + 4 > begin.length) {
            grow(count + 4);
        }
        int last = begin[count + 1] - 1;
        move(order[last], place, count);
        move(index, last, count + 1);
        begin[count + 1] = last;
        if (count == least) {
            ties = last;
            if (last == 0) {
                setLeast(count + 1);
            }
        }
    }

    /** To the beginning of its block, which then begins behind it. */
    private void down(int index, int place, int count) {
        int first = begin[count];
        move(order[first], place, count);
        move(index, first, count - 1);
        begin[count] = first + 1;
        if (count - 1 == least) {
            ties = first + 1;
        } else if (count - 1 < least) {
            setLeast(count - 1);
        }
    }

    private void move(int index, int place, int count) {
        order[place] = index;
        table.stand(index, place, count);
    }

    private void setLeast(int count) {
        least = count;
        ties = begin[count + 1];
    }

    private void grow(int length) {
        int before = begin.length;
        begin = Arrays.copyOf(begin, Math.max(length, before * 2));
        Arrays.fill(begin, before, begin.length, size);
    }

    /** Takes one in, by the count that it has now. */
    void add(Candidate candidate) {
        if (size == order.length) {
            order = Arrays.copyOf(order, Math.max(FIRST_CAPACITY, size * 2));
        }
        int index = candidate.index();
        int top = begin.length - 2;
        table.put(candidate);
        move(index, size, top);
        size++;
        begin[top + 1] = size;
        if (size == 1) {
            setLeast(top);
        }
        followFar(index, Math.min(candidate.inFlight(), MAX_COUNT));
    }

    /** Lets one go. */
    void remove(int index) {
        int top = begin.length - 2;
        long standing = table.standing(index);
        int place = LoadTable.place(standing);
        // To the end of its block, over and over: the borders have room for it.
        for (int count = LoadTable.count(standing); count < top; count++) {
            int last = begin[count + 1] - 1;
            move(order[last], place, count);
            move(index, last, count + 1);
            place = last;
            begin[count + 1] = last;
        }
        size--;
        move(order[size], place, top);
        begin[top + 1] = size;
        table.remove(index);
        int count = 0;
        while (count < top && begin[count + 1] == 0) {
            count++;
        }
        setLeast(count);
    }
}
