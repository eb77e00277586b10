package io.serviceresolver.balancer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The orders of all nodes, one for each weight. The least loaded is found by looking at the beginning of each: what that
 * costs goes by the number of different weights. Not thread-safe.
 */
final class LoadClasses {

    private LoadOrder[] orders = {};

    /** Holds these nodes and no others, by the weights and counts that their candidates have now. */
    void hold(LoadNode[] nodes) {
        for (LoadOrder order : orders) {
            for (int place = 0; place < order.size(); place++) {
                order.at(place).order = null;
            }
        }
        List<LoadOrder> made = new ArrayList<>();
        byWeight(nodes).forEach((weight, members) -> made.add(new LoadOrder(weight, members)));
        orders = made.toArray(new LoadOrder[0]);
    }

    private static Map<Double, List<LoadNode>> byWeight(LoadNode[] nodes) {
        double first = nodes[0].candidate().weight();
        boolean same = true;
        for (LoadNode node : nodes) {
            same &= node.candidate().weight() == first;
        }
        if (same) {
            return Map.of(first, List.of(nodes));
        }
        Map<Double, List<LoadNode>> byWeight = new TreeMap<>();
        for (LoadNode node : nodes) {
            byWeight.computeIfAbsent(node.candidate().weight(), weight -> new ArrayList<>())
                    .add(node);
        }
        return byWeight;
    }

    /**
     * One of those that have the least load, all with the same probability.
     *
     * @param random 32 random bits
     */
    LoadNode least(int random) {
        if (orders.length == 1) {
            return orders[0].at(Draws.scale(random, orders[0].ties()));
        }
        double least = orders[0].load();
        int ties = orders[0].ties();
        for (int i = 1; i < orders.length; i++) {
            double load = orders[i].load();
            if (load < least) {
                least = load;
                ties = orders[i].ties();
            } else if (load == least) {
                ties += orders[i].ties();
            }
        }
        return tied(least, Draws.scale(random, ties));
    }

    private LoadNode tied(double load, int number) {
        int left = number;
        int i = 0;
        while (orders[i].load() != load || left >= orders[i].ties()) {
            left -= orders[i].load() == load ? orders[i].ties() : 0;
            i++;
        }
        return orders[i].at(left);
    }
}
