package io.serviceresolver.benchmarks.sim;

import io.serviceresolver.routing.Subsetting;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What happens to a service and its clients.
 *
 * @param name its name on the command line and in the tables
 * @param about what is the matter, in a few words
 * @param clients how many clients share the load; they share nothing else
 * @param servers how many servers there are
 * @param workers how many calls a server works for at a time
 * @param load the share of what the servers can do at the start
 * @param shape how long services take
 * @param patience how long callers wait; zero: as long as it takes
 * @param repeats how many times it happens, each on its own; where few calls are made at a time, it takes several to know
 *     the tail
 * @param subsets which servers each client uses
 * @param pauses how clients stand still now and then
 * @param start what is so from the start
 * @param change what comes half-way
 */
record Scenario(
        String name,
        String about,
        int clients,
        int servers,
        int workers,
        double load,
        Shape shape,
        Duration patience,
        int repeats,
        Subsets subsets,
        Pauses pauses,
        Consumer<Fleet> start,
        Consumer<Fleet> change) {

    /** The mean service time of a server of normal speed. */
    static final Duration SERVICE_TIME = Duration.ofMillis(10);

    /** Which servers clients use. */
    @FunctionalInterface
    interface Subsets {

        /** All of them. */
        Subsets NONE = (number, chance) -> Subsetting.off();

        /** The policy of one client. */
        Subsetting of(int number, RandomGenerator chance);
    }

    /** 100 equal servers of 4 workers, log-normal services, 70% load, and nothing happens. */
    static Scenario of(String name, String about, int clients) {
        return new Scenario(
                name,
                about,
                clients,
                100,
                4,
                0.7,
                Shape.LOG_NORMAL,
                Duration.ZERO,
                1,
                Subsets.NONE,
                Pauses.NONE,
                fleet -> {},
                fleet -> {});
    }

    Scenario servers(int count, int workersEach) {
        return new Scenario(
                name,
                about,
                clients,
                count,
                workersEach,
                load,
                shape,
                patience,
                repeats,
                subsets,
                pauses,
                start,
                change);
    }

    Scenario load(double share) {
        return new Scenario(
                name, about, clients, servers, workers, share, shape, patience, repeats, subsets, pauses, start,
                change);
    }

    Scenario shape(Shape other) {
        return new Scenario(
                name, about, clients, servers, workers, load, other, patience, repeats, subsets, pauses, start, change);
    }

    Scenario patience(Duration limit) {
        return new Scenario(
                name, about, clients, servers, workers, load, shape, limit, repeats, subsets, pauses, start, change);
    }

    Scenario repeats(int times) {
        return new Scenario(
                name, about, clients, servers, workers, load, shape, patience, times, subsets, pauses, start, change);
    }

    Scenario subsets(Subsets policy) {
        return new Scenario(
                name, about, clients, servers, workers, load, shape, patience, repeats, policy, pauses, start, change);
    }

    Scenario pauses(Pauses ofClients) {
        return new Scenario(
                name, about, clients, servers, workers, load, shape, patience, repeats, subsets, ofClients, start,
                change);
    }

    Scenario start(Consumer<Fleet> state) {
        return new Scenario(
                name, about, clients, servers, workers, load, shape, patience, repeats, subsets, pauses, state, change);
    }

    Scenario change(Consumer<Fleet> event) {
        return new Scenario(
                name, about, clients, servers, workers, load, shape, patience, repeats, subsets, pauses, start, event);
    }

    /** How many nanoseconds lie between two arrivals on average, for servers as they are at the start. */
    double gapNanos(Fleet fleet) {
        return SERVICE_TIME.toNanos() / (load * fleet.workers());
    }
}
