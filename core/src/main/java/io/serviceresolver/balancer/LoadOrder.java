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

    /** By number, the place of each, and how many calls it is taken to have in flight: as {@link #standing} makes it. */
    private long[] standings = {};

    /** The numbers, by place; behind the last place in use those that are free. */
    private int[] order = {};

    /** At each count, how many have fewer: where its block begins. The last one is the end of all blocks. */
    private int[] begin = new int[FIRST_BORDERS];

    private int size;

    /** The least count. */
    private int least;

    /** How many, from the beginning on, have it. */
    private int ties;

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
        return candidate(order[Draws.scale(random, ties)]);
    }

    /** As {@link #pick}, and begins a call there. */
    Candidate begin(int random, Balancer knows) {
        int place = Draws.scale(random, ties);
        int number = order[place];
        Candidate chosen = candidate(number);
        // Before it is counted, as whatever comes after an atomic change waits for it; whoever has the lock sees both.
        if (least < MAX_COUNT) {
            up(number, place, least);
        }
        chosen.begin(knows);
        return chosen;
    }

    @SuppressWarnings("NullAway") // Numbers in use have a candidate.
    private Candidate candidate(int number) {
        return candidates[number];
    }

    /**
     * Moves one to where its count belongs.
     *
     * @param number its number
     * @param inFlight the count that it has now
     */
    void follow(int number, int inFlight) {
        long standing = standings[number];
        int now = Math.min(inFlight, MAX_COUNT);
        // By one, as a rule: the rest is for what was noted and not followed at once.
        int by = now - count(standing);
        if (by == -1) {
            down(number, place(standing), now + 1);
        } else if (by == 1) {
            up(number, place(standing), now - 1);
        } else if (by != 0) {
            followFar(number, now);
        }
    }

    private void followFar(int number, int now) {
        while (count(standings[number]) < now) {
            up(number, place(standings[number]), count(standings[number]));
        }
        while (count(standings[number]) > now) {
            down(number, place(standings[number]), count(standings[number]));
        }
    }

    /** To the end of its block, which then ends before it. */
    private void up(int number, int place, int count) {
        if (count + 4 > begin.length) {
            grow(count + 4);
        }
        int last = begin[count + 1] - 1;
        move(order[last], place, count);
        move(number, last, count + 1);
        begin[count + 1] = last;
        if (count == least) {
            ties = last;
            if (last == 0) {
                setLeast(count + 1);
            }
        }
    }

    /** To the beginning of its block, which then begins behind it. */
    private void down(int number, int place, int count) {
        int first = begin[count];
        move(order[first], place, count);
        move(number, first, count - 1);
        begin[count] = first + 1;
        if (count - 1 == least) {
            ties = first + 1;
        } else if (count - 1 < least) {
            setLeast(count - 1);
        }
    }

    private void move(int number, int place, int count) {
        order[place] = number;
        standings[number] = standing(place, count);
    }

    private static long standing(int place, int count) {
        return (long) place << 32 | count;
    }

    private static int place(long standing) {
        return (int) (standing >>> 32);
    }

    private static int count(long standing) {
        return (int) standing;
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

    /** Takes one in, by the count that it has now: its number. */
    int add(Candidate candidate) {
        if (size == order.length) {
            makeRoom();
        }
        int number = order[size];
        int top = begin.length - 2;
        candidates[number] = candidate;
        move(number, size, top);
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
        standings = Arrays.copyOf(standings, room);
        order = Arrays.copyOf(order, room);
        for (int number = before; number < room; number++) {
            order[number] = number;
        }
    }

    /** Lets one go, whose number is free then. */
    void remove(int number) {
        int top = begin.length - 2;
        int place = place(standings[number]);
        // To the end of its block, over and over: the borders have room for it.
        for (int count = count(standings[number]); count < top; count++) {
            int last = begin[count + 1] - 1;
            move(order[last], place, count);
            move(number, last, count + 1);
            place = last;
            begin[count + 1] = last;
        }
        size--;
        move(order[size], place, top);
        order[size] = number;
        begin[top + 1] = size;
        candidates[number] = null;
        int count = 0;
        while (count < top && begin[count + 1] == 0) {
            count++;
        }
        setLeast(count);
    }
}
