package io.serviceresolver.balancer;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The orders of all candidates, one for each weight. The least loaded is found by looking at the beginning of each: what that
 * costs goes by the number of different weights. Not thread-safe.
 *
 * <p>A load is (calls in flight + a part of the next one) / weight, and of equal weights the least loaded is the one with the
 * fewest in flight. The part is a number between 0 and 1, drawn for each candidate and choice: randomised rounding (P. Raghavan,
 * C. D. Thompson, Combinatorica 7(4), 1987). With the whole of the next call the heaviest would get all of an idle service,
 * with none of it all would get the same.
 */
final class LoadClasses {

    /** So that the rest need no more than a glance, as a rule. */
    private static final Comparator<LoadOrder> HEAVIEST_FIRST =
            Comparator.comparingDouble(LoadOrder::weight).reversed();

    /** Whether weights may differ, and change. */
    private final boolean weighted;

    private final LoadTable table = new LoadTable();

    private LoadOrder[] orders = {};

    /** The order of all candidates where they weigh the same; null where they do not. */
    private @Nullable LoadOrder only;

    /** The order of each candidate, by its index; kept where weights may differ. */
    private LoadOrder[] byIndex = {};

    /** The candidates that stand in the orders. */
    private Candidate[] held = {};

    /** Where the last draw has come to. */
    private long drawn;

    /** Holds nothing yet. */
    LoadClasses(BalancerContext context) {
        this.weighted = context.weighted();
        this.drawn = context.random().nextLong();
    }

    /**
     * Holds these candidates and no others, by the weights and counts that they have now. Those that it held already are left as
     * they are, unless their weight is another one.
     */
    void hold(Candidate[] now) {
        Span other = weighted ? Span.all(held, now) : Span.between(held, now);
        letGo(other, now);
        for (int i = other.start(); i < other.end(); i++) {
            if (table.find(now[i].index()) == null) {
                takeIn(now[i]);
            }
        }
        orders = Stream.of(orders)
                .filter(order -> !order.isEmpty())
                .sorted(HEAVIEST_FIRST)
                .toArray(LoadOrder[]::new);
        only = orders.length == 1 ? orders[0] : null;
        held = now;
    }

    /** Those that are there no more, whose index another one has, or which have another weight. */
    private void letGo(Span other, Candidate[] now) {
        BitSet stay = new BitSet();
        for (int i = other.start(); i < other.end(); i++) {
            Candidate one = now[i];
            stay.set(
                    one.index(),
                    table.find(one.index()) == one && order(one.index()).weight() == weight(one));
        }
        for (int i = other.start(); i < other.endBefore(); i++) {
            int index = held[i].index();
            if (!stay.get(index)) {
                order(index).remove(index);
            }
        }
    }

    private void takeIn(Candidate candidate) {
        LoadOrder order = orderOf(weight(candidate));
        order.add(candidate);
        if (weighted) {
            int index = candidate.index();
            if (index >= byIndex.length) {
                byIndex = Arrays.copyOf(byIndex, Math.max(index + 1, byIndex.length * 2));
            }
            byIndex[index] = order;
        }
    }

    /** The order in which one stands. */
    private LoadOrder order(int index) {
        LoadOrder one = only;
        return one != null ? one : byIndex[index];
    }

    /** Moves one to where it belongs by its calls in flight now, if it stands here. */
    void follow(int index) {
        Candidate candidate = table.find(index);
        if (candidate != null) {
            order(index).follow(index, candidate.inFlight());
        }
    }

    private double weight(Candidate candidate) {
        return weighted ? candidate.weight() : 1;
    }

    private LoadOrder orderOf(double weight) {
        for (LoadOrder order : orders) {
            if (order.weight() == weight) {
                return order;
            }
        }
        orders = Arrays.copyOf(orders, orders.length + 1);
        orders[orders.length - 1] = new LoadOrder(weight, table);
        return orders[orders.length - 1];
    }

    /** One that has the least load, any of those that weigh the same and have as many in flight with the same probability. */
    Candidate pick() {
        return least().pick(draw());
    }

    /** As {@link #pick}, and begins a call there. */
    Candidate begin(Balancer knows) {
        return least().begin(draw(), knows);
    }

    /**
     * 32 random bits, which nobody waits for: the upper half of the linear congruential generator of MMIX (D. E. Knuth, "The
     * Art of Computer Programming" 2, section 3.3.4).
     */
    private int draw() {
        drawn = drawn * 6364136223846793005L + 1442695040888963407L;
        return (int) (drawn >>> 32);
    }

    private LoadOrder least() {
        LoadOrder one = only;
        return one != null ? one : leastOfSeveral();
    }

    private LoadOrder leastOfSeveral() {
        LoadOrder best = orders[0];
        double least = Double.POSITIVE_INFINITY;
        for (LoadOrder order : orders) {
            double part = (Integer.toUnsignedLong(draw()) + 0.5) * 0x1p-32;
            int ties = order.ties();
            // Most often this bound tells enough, as 1 - (1 - x)^(1/n) is no less than x/n.
            if (order.least() + part / ties < least * order.weight()) {
                double load = (order.least() + leastPart(part, ties)) / order.weight();
                if (load < least) {
                    least = load;
                    best = order;
                }
            }
        }
        return best;
    }

    /** The least of some numbers drawn between 0 and 1, by one such number. */
    private static double leastPart(double drawn, int numbers) {
        return numbers == 1 ? drawn : 1 - Math.exp(Math.log(1 - drawn) / numbers);
    }
}
