package io.serviceresolver.benchmarks.sim;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.source.StaticSource;
import java.util.ArrayList;
import java.util.List;

/** The servers of the service, and the source that tells the resolvers of them. */
final class Fleet {

    static final String SERVICE = "skippy";

    private final Events events;
    private final int workers;
    private final StaticSource source = StaticSource.empty();

    /** All there ever were: a server is found by the port of its endpoint, less one. */
    private final List<Server> all = new ArrayList<>();

    /** Those that are there now. */
    private final List<Server> current = new ArrayList<>();

    Fleet(Events events, int size, int workers) {
        this.events = events;
        this.workers = workers;
        for (int i = 0; i < size; i++) {
            current.add(make());
        }
        announce();
    }

    private Server make() {
        int number = all.size();
        Endpoint endpoint = Endpoint.builder("10.1." + number / 250 + "." + (number % 250 + 1), number + 1)
                .uid("pod-" + number)
                .build();
        Server made = new Server(events, endpoint, workers);
        all.add(made);
        return made;
    }

    private void announce() {
        source.set(SERVICE, current.stream().map(Server::endpoint).toList());
    }

    StaticSource source() {
        return source;
    }

    int size() {
        return current.size();
    }

    /** How much all servers can do, in workers of normal speed. */
    double workers() {
        return current.stream().mapToDouble(Server::speed).sum();
    }

    Server server(int place) {
        return current.get(place);
    }

    /** Some servers next to each other. */
    List<Server> servers(int from, int count) {
        return current.subList(from, from + count);
    }

    Server at(Endpoint endpoint) {
        return all.get(endpoint.port() - 1);
    }

    private Server makeCold(double slowdown, long slowNanos) {
        Server fresh = make();
        slowDown(fresh, slowdown, slowNanos);
        return fresh;
    }

    private void slowDown(Server one, double times, long nanos) {
        one.slowDown(times);
        events.after(nanos, () -> one.slowDown(1));
    }

    /** Puts a new server in the place of one, which answers what it has and gets no more; the new one is slow at first. */
    private void replace(int place, double slowdown, long slowNanos) {
        current.set(place, makeCold(slowdown, slowNanos));
        announce();
    }

    /** Adds servers that are slow at first. */
    void grow(int count, double slowdown, long slowNanos) {
        for (int i = 0; i < count; i++) {
            current.add(makeCold(slowdown, slowNanos));
        }
        announce();
    }

    /** Slows a server down for a while, some times over. */
    void flap(int place, double slowdown, long slowNanos, long periodNanos, int times) {
        for (int i = 0; i < times; i++) {
            events.after(periodNanos * i, () -> slowDown(server(place), slowdown, slowNanos));
        }
    }

    /** Replaces all servers, one after the other. */
    void roll(long overNanos, double slowdown, long slowNanos) {
        for (int i = 0; i < size(); i++) {
            int place = i;
            events.after(overNanos / size() * i, () -> replace(place, slowdown, slowNanos));
        }
    }
}
