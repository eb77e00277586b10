package io.serviceresolver.balancer;

import java.util.Arrays;
import java.util.List;

/**
 * Nodes of equal weight in the order of their calls in flight, and the borders between those with equal counts: the least
 * loaded are at the beginning. A count that goes up or down by one moves one node across one border, so that it costs the
 * same whatever the number of nodes. Not thread-safe.
 *
 * <p>The order is one of numbers and not of references, each store of which would cost a barrier of the garbage collector.
 */
final class LoadOrder {

    /** Higher counts than this are taken for this, so that the borders have an end. */
    static final int MAX_COUNT = 1 << 20;

    private final double weight;

    /** The nodes by their numbers. */
    private final LoadNode[] nodes;

    /** The numbers of the nodes, by their places. */
    private final int[] order;

    /** At each count, how many nodes have fewer: where its block begins. */
    private int[] begin;

    /** The least count. */
    private int least;

    /** What the next call at the least loaded would make its load, in relation to its weight. */
    private double load;

    /** An order of nodes by the counts that their candidates have now. */
    LoadOrder(double weight, List<LoadNode> members) {
        this.weight = weight;
        this.nodes = members.toArray(new LoadNode[0]);
        this.order = new int[nodes.length];
        int most = 0;
        for (int number = 0; number < nodes.length; number++) {
            LoadNode node = nodes[number];
            node.order = this;
            node.number = number;
            node.count = count(node);
            most = Math.max(most, node.count);
        }
        begin = new int[most + 3];
        for (LoadNode node : nodes) {
            begin[node.count + 1]++;
        }
        for (int count = 1; count < begin.length; count++) {
            begin[count] += begin[count - 1];
        }
        int[] next = begin.clone();
        for (LoadNode node : nodes) {
            put(node, next[node.count]++);
        }
        setLeast(at(0).count);
    }

    private static int count(LoadNode node) {
        return Math.min(node.candidate().inFlight(), MAX_COUNT);
    }

    /** How many nodes there are. */
    int size() {
        return nodes.length;
    }

    /** The node at a place. */
    LoadNode at(int place) {
        return nodes[order[place]];
    }

    /** How many nodes, from the beginning on, have the least count. */
    int ties() {
        return begin[least + 1];
    }

    /** The load of the least loaded with one call more: (calls in flight + 1) / weight. */
    double load() {
        return load;
    }

    /** Moves a node to where the count belongs that its candidate has now. */
    void follow(LoadNode node) {
        int now = count(node);
        // By one, as a rule: the loop is for what was noted and not followed at once.
        if (now > node.count) {
            up(node);
        } else if (now < node.count) {
            down(node);
        }
        if (now != node.count) {
            followFar(node, now);
        }
    }

    private void followFar(LoadNode node, int now) {
        while (node.count < now) {
            up(node);
        }
        while (node.count > now) {
            down(node);
        }
    }

    /** To the end of its block, which then ends before it. */
    private void up(LoadNode node) {
        int count = node.count;
        if (count + 4 > begin.length) {
            grow(count + 4);
        }
        int last = begin[count + 1] - 1;
        swap(node, last);
        begin[count + 1] = last;
        node.count = count + 1;
        if (count == least && last == begin[count]) {
            setLeast(count + 1);
        }
    }

    /** To the beginning of its block, which then begins behind it. */
    private void down(LoadNode node) {
        int count = node.count;
        int first = begin[count];
        swap(node, first);
        begin[count] = first + 1;
        node.count = count - 1;
        if (count - 1 < least) {
            setLeast(count - 1);
        }
    }

    private void swap(LoadNode node, int place) {
        if (place != node.place) {
            put(at(place), node.place);
            put(node, place);
        }
    }

    private void put(LoadNode node, int place) {
        order[place] = node.number;
        node.place = place;
    }

    private void setLeast(int count) {
        least = count;
        load = (count + 1.0) / weight;
    }

    private void grow(int length) {
        int before = begin.length;
        begin = Arrays.copyOf(begin, Math.max(length, before * 2));
        Arrays.fill(begin, before, begin.length, nodes.length);
    }
}
