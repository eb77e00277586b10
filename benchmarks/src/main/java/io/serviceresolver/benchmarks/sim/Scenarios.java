package io.serviceresolver.benchmarks.sim;

import io.serviceresolver.benchmarks.sim.Scenario.Subsets;
import io.serviceresolver.routing.Subsetting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * All scenarios. Where one has a number at its end, that is the number of clients, but for the few servers, and for the
 * servers that each client uses of all.
 */
final class Scenarios {

    /** The server that something happens to: always of normal speed until then. */
    private static final int UNLUCKY = 0;

    private static final int MANY = 50;
    private static final int TINY = 1_000;
    private static final int SUBSET = 20;

    private Scenarios() {}

    /** In the order of the tables. */
    static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        for (int clients : new int[] {MANY, 1}) {
            all.add(Scenario.of("eq" + clients, "one of equal servers gets 10 times slower", clients)
                    .change(slow(10)));
            all.add(unequal("het" + clients, "10 servers 4 times slower, one more gets 10 times slower", clients));
            all.add(Scenario.of("fail" + clients, "one server fails all calls at once", clients)
                    .change(fail(1)));
            all.add(Scenario.of("roll" + clients, "all servers replaced in 15 s, each 3 times slower for 2 s", clients)
                    .change(fleet -> fleet.roll(seconds(15), 3, seconds(2))));
            all.add(unequal("low" + clients, "as het, 20% load", clients).load(0.2));
            all.add(unequal("high" + clients, "as het, 85% load", clients).load(0.85));
            all.add(Scenario.of(
                            "rec" + clients,
                            "30 servers that were 4 times slower become normal, 85% load before",
                            clients)
                    .load(0.85)
                    .start(fleet -> slowDown(fleet, 0, 30, 4))
                    .change(fleet -> slowDown(fleet, 0, 30, 1)));
        }
        all.add(unequal("tiny", "as het, 1,000 clients", TINY));
        all.add(Scenario.of("tinyfail", "as fail, 1,000 clients", TINY).change(fail(1)));
        addBeyond(all);
        addSubsets(all);
        return all;
    }

    private static void addSubsets(List<Scenario> all) {
        String numbered = ", each uses 20 servers by its number";
        String byChance = ", each uses 20 servers by chance";
        Subsets number = (client, chance) -> Subsetting.of(SUBSET, "client-" + client);
        Subsets name = (client, chance) -> Subsetting.of(SUBSET, "client-x" + chance.nextLong());
        for (Subsets subsets : List.of(number, name)) {
            String end = SUBSET + (subsets == number ? "" : "c");
            String about = subsets == number ? numbered : byChance;
            all.add(unequal("tiny" + end, "as tiny" + about, TINY).subsets(subsets));
            all.add(Scenario.of("tinyfail" + end, "as tinyfail" + about, TINY)
                    .subsets(subsets)
                    .change(fail(1)));
            all.add(unequal("high" + end, "as high50" + about, MANY).load(0.85).subsets(subsets));
        }
    }

    private static void addBeyond(List<Scenario> all) {
        for (int clients : new int[] {MANY, 1}) {
            all.add(Scenario.of("hole" + clients, "one server never answers, callers wait 1 s", clients)
                    .patience(Duration.ofSeconds(1))
                    .change(fleet -> fleet.server(UNLUCKY).fallSilent()));
        }
        all.add(Scenario.of("late50", "as eq, callers wait 250 ms", MANY)
                .patience(Duration.ofMillis(250))
                .change(slow(10)));
        all.add(Scenario.of("flap50", "one server 20 times slower for 1 s of every 3 s", MANY)
                .change(fleet -> fleet.flap(UNLUCKY, 20, seconds(1), seconds(3), 5)));
        all.add(Scenario.of("grow50", "25 servers join 100, each 3 times slower for 2 s", MANY)
                .change(fleet -> fleet.grow(25, 3, seconds(2))));
        for (int percent : new int[] {5, 20, 50}) {
            all.add(Scenario.of("part" + percent, "one server fails " + percent + "% of its calls, 50 clients", MANY)
                    .change(fail(percent / 100.0)));
        }
        for (Shape shape : List.of(Shape.EXPONENTIAL, Shape.CONSTANT, Shape.PARETO, Shape.BIMODAL)) {
            String name = shape.name().toLowerCase(Locale.ROOT);
            all.add(unequal(name.substring(0, 4), "as het, 50 clients, services " + name, MANY)
                    .shape(shape));
        }
        for (int servers : new int[] {3, 5, 10}) {
            all.add(few("few" + servers, "one of " + servers + " servers gets 10 times slower", servers)
                    .change(slow(10)));
        }
        all.add(few("fewfail3", "one of 3 servers fails all calls at once", 3).change(fail(1)));
        addPauses(all);
    }

    private static void addPauses(List<Scenario> all) {
        Pauses brief = new Pauses(Duration.ofMillis(200), Duration.ofSeconds(5));
        all.add(Scenario.of("pause50", "as eq, each client stands still for 0.2 s every 5 s", MANY)
                .pauses(brief)
                .change(slow(10)));
        all.add(few("pausefew10", "as few10, each client stands still for 0.2 s every 5 s", 10)
                .pauses(brief)
                .change(slow(10)));
        all.add(few("stallfew10", "10 equal servers, each client stands still for 1 s every 10 s", 10)
                .pauses(new Pauses(Duration.ofSeconds(1), Duration.ofSeconds(10))));
    }

    private static Scenario few(String name, String about, int servers) {
        return Scenario.of(name, about + ", 50% load, 10 clients", 10)
                .servers(servers, 4)
                .load(0.5)
                .repeats(60 / servers);
    }

    private static Scenario unequal(String name, String about, int clients) {
        return Scenario.of(name, about, clients)
                .start(fleet -> slowDown(fleet, 1, 10, 4))
                .change(slow(10));
    }

    private static void slowDown(Fleet fleet, int from, int count, double times) {
        fleet.servers(from, count).forEach(server -> server.slowDown(times));
    }

    private static Consumer<Fleet> slow(double times) {
        return fleet -> fleet.server(UNLUCKY).slowDown(times);
    }

    private static Consumer<Fleet> fail(double share) {
        return fleet -> fleet.server(UNLUCKY).fail(share);
    }

    private static long seconds(int number) {
        return Duration.ofSeconds(number).toNanos();
    }

    static Scenario find(String name) {
        return all().stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("scenario: " + name + " (expected: one of "
                        + all().stream().map(Scenario::name).toList() + ")"));
    }
}
