package io.serviceresolver.balancer;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The orders of all nodes, one for each weight. The least loaded is found by looking at the beginning of each: what that
 * costs goes by the number of different weights. Not thread-safe.
 */
final class LoadClasses {

    /** Whether weights may differ, and change. */
    private final boolean weighted;

    private LoadOrder[] orders = {};

    /** The nodes that stand in the orders. */
    private LoadNode[] held = {};

    LoadClasses(boolean weighted) {
        this.weighted = weighted;
    }

    /**
     * Holds these nodes and no others, by the weights and counts that their candidates have now. Those that it held already
     * are left as they are, unless their weight is another one.
     */
    void hold(LoadNode[] nodes) {
        Span other = weighted ? Span.all(held, nodes) : Span.between(held, nodes);
        for (int i = other.start(); i < other.end(); i++) {
            nodes[i].wanted = true;
        }
        for (int i = other.start(); i < other.endBefore(); i++) {
            letGo(held[i]);
        }
        for (int i = other.start(); i < other.end(); i++) {
            takeIn(nodes[i]);
        }
        orders = Stream.of(orders).filter(order -> !order.isEmpty()).toArray(LoadOrder[]::new);
        held = nodes;
    }

    private static void letGo(LoadNode node) {
        LoadOrder order = node.order;
        if (order != null && (!node.wanted || order.weight() != node.candidate().weight())) {
            order.remove(node.number);
            node.order = null;
        }
    }

    private void takeIn(LoadNode node) {
        node.wanted = false;
        if (node.order == null) {
            LoadOrder order = orderOf(node.candidate().weight());
            node.number = order.add(node.candidate());
            node.order = order;
        }
    }

    private LoadOrder orderOf(double weight) {
        for (LoadOrder order : orders) {
            if (order.weight() == weight) {
                return order;
            }
        }
        orders = Arrays.copyOf(orders, orders.length + 1);
        orders[orders.length - 1] = new LoadOrder(weight);
        return orders[orders.length - 1];
    }

    /**
     * The order of one of those that have the least load, all of these with the same probability: whichever of its least
     * loaded is drawn.
     *
     * @param random 32 random bits
     */
    LoadOrder least(int random) {
        if (orders.length == 1) {
            return orders[0];
        }
        double least = orders[0].load();
        int ties = 0;
        for (LoadOrder order : orders) {
            if (order.load() < least) {
                least = order.load();
                ties = order.ties();
            } else if (order.load() == least) {
                ties += order.ties();
            }
        }
        return tied(least, Draws.scale(random, ties));
    }

    private LoadOrder tied(double load, int number) {
        int left = number;
        int i = 0;
        while (orders[i].load() != load || left >= orders[i].ties()) {
            left -= orders[i].load() == load ? orders[i].ties() : 0;
            i++;
        }
        return orders[i];
    }
}
