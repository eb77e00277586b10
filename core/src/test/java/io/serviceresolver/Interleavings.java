package io.serviceresolver;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/** Goes through the orders in which the steps of several actors can follow one another, on one thread. */
final class Interleavings {

    /** A world that begins anew for each order. */
    interface World {

        /** How many actors could take their next step now: none at the end. */
        int choices();

        /** Lets one of them take its step, and checks what must hold then. */
        void step(int choice);

        /** Checks what must hold at the end. */
        void end();

        /** The steps so far. */
        String trace();
    }

    private Interleavings() {}

    /** All orders, depth first: how many there were. */
    static int all(Supplier<? extends World> worlds) {
        List<Integer> chosen = new ArrayList<>();
        List<Integer> choices = new ArrayList<>();
        int orders = 0;
        do {
            choices.clear();
            run(worlds.get(), "order " + orders, most -> {
                int depth = choices.size();
                choices.add(most);
                if (depth == chosen.size()) {
                    chosen.add(0);
                }
                return chosen.get(depth);
            });
            orders++;
        } while (next(chosen, choices));
        return orders;
    }

    /** The last choice that has another one left becomes that: whether there was any. */
    private static boolean next(List<Integer> chosen, List<Integer> choices) {
        while (!chosen.isEmpty()) {
            int last = chosen.size() - 1;
            int now = chosen.remove(last);
            if (now + 1 < choices.get(last)) {
                chosen.add(now + 1);
                return true;
            }
        }
        return false;
    }

    /** One order for each seed from zero on. */
    static void random(Supplier<? extends World> worlds, int seeds) {
        for (int seed = 0; seed < seeds; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            run(worlds.get(), "seed " + seed, random::nextInt);
        }
    }

    private static void run(World world, String name, IntUnaryOperator choice) {
        try {
            for (int most = world.choices(); most > 0; most = world.choices()) {
                world.step(choice.applyAsInt(most));
            }
            world.end();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(name + ": " + world.trace() + ": " + e.getMessage(), e);
        }
    }
}
