package io.serviceresolver;

import io.serviceresolver.balancer.Balancer;
import io.serviceresolver.balancer.BalancerContext;
import io.serviceresolver.balancer.BalancerFactory;
import io.serviceresolver.balancer.Candidate;
import io.serviceresolver.balancer.Picker;
import io.serviceresolver.check.CheckRunner;
import io.serviceresolver.check.HealthChecks;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.health.OutlierPolicy;
import io.serviceresolver.routing.RoutingPolicy;
import io.serviceresolver.selector.LabelSelector;
import io.serviceresolver.source.SourceContext;
import io.serviceresolver.testkit.VirtualTime;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * The hosts of one service and the balancer that is told of their calls, and nothing around them: one is made for each
 * meeting of two threads. Whichever thread updates it is its event loop.
 */
final class BareService {

    private static final RandomGenerator RANDOM =
            () -> ThreadLocalRandom.current().nextLong();
    private static final VirtualTime TIME = new VirtualTime();
    private static final ClusterContext CLUSTER = new ClusterContext("shield", ClusterContext.DEFAULT_DOMAIN);
    private static final ServiceName NAME = ServiceName.parse("skippy", CLUSTER);
    private static final SourceContext CONTEXT = new SourceContext(TIME::nanoTime, TIME, RANDOM, CLUSTER);
    private static final CheckRunner NO_CHECKS = new CheckRunner(HealthChecks.none(), TIME, Runnable::run, RANDOM);

    private static final ServiceFeed EMPTY = new Engine(new int[] {}).skippy.feed();

    private final FeedRouting routing = routing();
    final Ledger ledger = new Ledger(NAME, TIME::nanoTime, health(), routing);
    private final HostTable table = new HostTable(ledger);
    private final Balancer balancer;

    BareService(BalancerFactory factory, EndpointSet pods) {
        balancer = factory.create(new BalancerContext(RANDOM, TIME::nanoTime));
        table.update(pods);
        ledger.tell(List.of(balancer));
    }

    private static FeedHealth health() {
        FeedChecks checks = new FeedChecks(NO_CHECKS, NAME, () -> {});
        return new FeedHealth(NAME, OutlierPolicy.never(), CONTEXT, List::of, List::of, () -> {}, checks);
    }

    private static FeedRouting routing() {
        return new FeedRouting(NAME, RoutingPolicy.standard(), 0, CONTEXT, health(), () -> {});
    }

    /** A handle that knows nothing yet, of a service that has no Pods as far as its feed says. */
    ServiceView view(LabelSelector selector) {
        TierBalancers balancers = new TierBalancers(() -> balancer, routing.weights(), RANDOM, () -> {});
        return new ServiceView(EMPTY, selector, new HandleChoice(balancers, CONTEXT, routing));
    }

    /** Publishes a set, as the event loop does. */
    void publish(ServiceView view, EndpointSet pods) {
        table.update(pods);
        view.update(pods, table);
    }

    /** A picker for these Pods, as the event loop has one made. */
    Picker update(EndpointSet pods) {
        table.update(pods);
        return balancer.update(table.current());
    }

    /** A host of those that are there now. */
    Host host(int place) {
        return table.current().get(place);
    }

    /** Fills its hosts call by call: whether each was one of those with the fewest in flight. */
    boolean fillsEvenly(Picker picker) {
        List<Host> hosts = table.current();
        boolean even = true;
        for (int i = 0; i < 2 * hosts.size(); i++) {
            int least = hosts.stream().mapToInt(Host::inFlight).min().orElseThrow();
            Candidate chosen = picker.begin();
            even &= hosts.contains(chosen) && chosen.inFlight() == least + 1;
        }
        return even;
    }
}
