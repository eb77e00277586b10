package io.serviceresolver.balancer;

import java.util.Arrays;
import java.util.List;

/**
 * Nodes of equal weight in the order of their calls in flight, and the borders between those with equal counts: the least
 * loaded are at the beginning. A count that goes up or down by one moves one node across one border, so that it costs the
 * same whatever the number of nodes. Not thread-safe.
 */
final class LoadOrder {

    /** Higher counts than this are taken for this, so that the borders have an end. */
    static final int MAX_COUNT = 1 << 20;

    private final double weight;
    private final LoadNode[] nodes;

    /** At each count, how many nodes have fewer: where its block begins. */
    private int[] begin;

    /** The least count. */
    private int least;

    /** What the next call at the least loaded would make its load, in relation to its weight. */
    private double load;

    /** An order of nodes by the counts that their candidates have now. */
    LoadOrder(double weight, List<LoadNode> members) {
        this.weight = weight;
        this.nodes = new LoadNode[members.size()];
        int most = 0;
        for (LoadNode node : members) {
            node.count = count(node);
            most = Math.max(most, node.count);
        }
        begin = new int[most + 3];
        for (LoadNode node : members) {
            begin[node.count + 1]++;
        }
        for (int count = 1; count < begin.length; count++) {
            begin[count] += begin[count - 1];
        }
        int[] next = begin.clone();
        for (LoadNode node : members) {
            put(node, next[node.count]++);
            node.order = this;
        }
        setLeast(nodes[0].count);
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
        return nodes[place];
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
        if (now + 3 > begin.length) {
            grow(now + 3);
        }
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
        LoadNode other = nodes[place];
        if (other != node) {
            put(other, node.place);
            put(node, place);
        }
    }

    private void put(LoadNode node, int place) {
        nodes[place] = node;
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
