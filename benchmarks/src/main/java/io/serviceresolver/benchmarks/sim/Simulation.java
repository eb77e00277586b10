package io.serviceresolver.benchmarks.sim;

import io.serviceresolver.call.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One run: a scenario, a policy and a seed. Arrivals, services and luck depend on the scenario and the seed only, so that they
 * are the same for all policies.
 */
final class Simulation {

    /** Clients come up one after the other in this time before the first call, so that their timers are spread. */
    private static final long OPENING_NANOS = Duration.ofSeconds(10).toNanos();

    private final Scenario scenario;
    private final Span span;
    private final Events events = new Events(-OPENING_NANOS);
    private final Fleet fleet;
    private final Figures figures;
    private final Patience patience;
    private final List<Client> clients = new ArrayList<>();
    private final SplittableRandom arrivals;
    private final double gapNanos;

    private Simulation(Scenario scenario, Policy policy, SplittableRandom chance, Figures figures, Span span) {
        this.scenario = scenario;
        this.span = span;
        this.fleet = new Fleet(events, scenario.servers(), scenario.workers());
        scenario.start().accept(fleet);
        this.gapNanos = scenario.gapNanos(fleet);
        this.figures = figures;
        this.patience = new Patience(events, scenario.patience().toNanos());
        this.arrivals = chance.split();
        for (int i = 0; i < scenario.clients(); i++) {
            SplittableRandom own = chance.split();
            Client client =
                    policy.maker().make(fleet, events, own, scenario.subsets().of(i, own));
            clients.add(scenario.pauses().of(client, events, chance));
            events.moveTo(OPENING_NANOS / scenario.clients() * (i + 1) - OPENING_NANOS);
        }
    }

    /** Runs it to its end: the same arguments give the same figures. */
    static Figures run(Scenario scenario, Policy policy, long seed, Span span) {
        SplittableRandom chance = new SplittableRandom(seed);
        Figures figures = new Figures(span);
        for (int i = 0; i < scenario.repeats(); i++) {
            new Simulation(scenario, policy, chance.split(), figures, span).run();
        }
        return figures;
    }

    private void run() {
        events.at(span.halfWayNanos(), () -> scenario.change().accept(fleet));
        arriveLater();
        events.run();
        clients.forEach(Client::close);
        events.moveTo(events.now());
    }

    private void arriveLater() {
        long next = events.now() + (long) (Shape.EXPONENTIAL.draw(arrivals) * gapNanos);
        if (next < span.endNanos()) {
            events.at(next, this::arrive);
        }
    }

    private void arrive() {
        Client client = clients.get(arrivals.nextInt(clients.size()));
        long work = (long) (scenario.shape().draw(arrivals) * Scenario.SERVICE_TIME.toNanos());
        double luck = arrivals.nextDouble();
        client.whenAwake(() -> call(client, work, luck));
        arriveLater();
    }

    private void call(Client client, long workNanos, double luck) {
        Call call = new Call(figures, events.now(), workNanos, luck);
        Lease lease = client.acquire();
        call.begin(lease);
        patience.watch(call);
        fleet.at(lease.endpoint()).accept(call);
    }
}
