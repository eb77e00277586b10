package io.serviceresolver;

import static io.serviceresolver.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.balancer.Candidate;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.check.CheckRunner;
import io.serviceresolver.check.HealthChecks;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointId;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.health.OutlierPolicy;
import io.serviceresolver.routing.RoutingPolicy;
import io.serviceresolver.source.SourceContext;
import io.serviceresolver.testkit.VirtualTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The identity of endpoints across sets. */
class HostTableTest {

    private final HostTable table = new HostTable(ledger());
    private EndpointSet set = EndpointSet.EMPTY;

    static Ledger ledger() {
        VirtualTime time = new VirtualTime();
        ClusterContext cluster = new ClusterContext("shield", ClusterContext.DEFAULT_DOMAIN);
        ServiceName skippy = ServiceName.parse("skippy", cluster);
        SourceContext context = new SourceContext(time::nanoTime, time, new Random(1), cluster);
        CheckRunner runner = new CheckRunner(HealthChecks.none(), time, time, context.random());
        FeedChecks checks = new FeedChecks(runner, skippy, () -> {});
        FeedHealth health =
                new FeedHealth(skippy, OutlierPolicy.never(), context, List::of, List::of, () -> {}, checks);
        FeedRouting routing = new FeedRouting(skippy, RoutingPolicy.standard(), 0, context, health, () -> {});
        return new Ledger(skippy, time::nanoTime, health, routing);
    }

    @Test
    void keepsTheHostOfAnEndpointThatChanges() {
        Host host = hold(pod(1));
        assertThat(hold(pod(1, Conditions.DRAINING))).isSameAs(host);
        assertThat(host.endpoint().conditions()).isEqualTo(Conditions.DRAINING);
    }

    @Test
    void forgetsAHostThatLeavesIdle() {
        Host host = hold(pod(1));
        hold();
        assertThat(table.all()).isEmpty();
        assertThat(hold(pod(1))).isNotSameAs(host);
    }

    @Test
    void remembersAHostThatLeavesWithCallsInFlightUntilTheyEnd() {
        Host host = hold(pod(1));
        host.begin();
        hold();
        assertThat(table.all()).containsExactly(host);
        assertThat(hold(pod(1, Conditions.DRAINING))).isSameAs(host);
        assertThat(host.endpoint().conditions()).isEqualTo(Conditions.DRAINING);
        hold();
        host.end(Outcome.SUCCESS, Candidate.UNTIMED);
        hold(pod(2));
        assertThat(table.all()).hasSize(1).doesNotContain(host);
    }

    @Test
    void doesNotTakeTheNextPodForTheOneThatHadItsAddress() {
        Host host = hold(pod(1));
        host.begin();
        Endpoint next = pod(1).toBuilder().uid("another").build();
        assertThat(hold(next)).isNotSameAs(host);
        assertThat(table.all()).hasSize(2);
    }

    @Test
    void keepsTheHostWhenAnotherSourceKnowsNoUids() {
        Host host = hold(pod(1));
        host.begin();
        table.update(EndpointSet.of(List.of(Endpoint.of("10.0.0.1", 8080))));
        assertThat(table.all()).containsExactly(host);
        table.update(EndpointSet.of(List.of(pod(1))));
        assertThat(table.all()).containsExactly(host);
    }

    @Test
    void givesAnIndexToOneHostAtATime() {
        Host first = hold(pod(1), pod(2), pod(3));
        assertThat(table.all()).extracting(Host::index).containsExactlyInAnyOrder(0, 1, 2);
        first.begin();
        hold(pod(2), pod(3), pod(4));
        assertThat(table.all()).extracting(Host::index).doesNotHaveDuplicates().contains(first.index());
        first.end(Outcome.SUCCESS, Candidate.UNTIMED);
        hold(pod(3));
        Host next = hold(pod(5), pod(3));
        assertThat(next.index()).isZero();
    }

    @Test
    void findsTheHostsOfRandomSetsAsAMapByIdWould() {
        Random random = new Random(20261129);
        Map<EndpointId, Host> known = Map.of();
        for (int step = 0; step < 5_000; step++) {
            List<Endpoint> endpoints = random(random);
            // Now and then of another line of sets, as from another source: nothing is the same object there.
            set = random.nextInt(5) == 0 ? EndpointSet.of(endpoints) : set.next(endpoints);
            table.update(set);
            Map<EndpointId, Host> now = new LinkedHashMap<>();
            for (int i = 0; i < set.size(); i++) {
                Endpoint endpoint = set.endpoints().get(i);
                Host host = table.current().get(i);
                assertThat(host.endpoint()).isEqualTo(endpoint);
                assertThat(host).isSameAs(known.getOrDefault(endpoint.id(), host));
                now.put(endpoint.id(), host);
            }
            assertThat(now.keySet())
                    .isEqualTo(set.endpoints().stream().map(Endpoint::id).collect(Collectors.toSet()));
            assertThat(table.byId()).isEqualTo(now);
            assertThat(now.values()).extracting(Host::index).doesNotHaveDuplicates();
            List<Endpoint> ready = set.endpoints().stream()
                    .filter(one -> one.conditions().ready())
                    .toList();
            assertThat(table.hosts(ready)).extracting(Host::endpoint).isEqualTo(ready);
            known = now;
        }
    }

    private List<Endpoint> random(Random random) {
        List<Endpoint> endpoints = new ArrayList<>(set.endpoints());
        switch (random.nextInt(4)) {
            case 0 -> endpoints.removeIf(one -> random.nextInt(4) == 0);
            case 1 -> Collections.shuffle(endpoints, random);
            case 2 -> endpoints.add(random.nextInt(endpoints.size() + 1), pod(random.nextInt(40)));
            default ->
                endpoints.replaceAll(
                        one -> random.nextInt(4) == 0 ? pod(random.nextInt(40), Conditions.DRAINING) : one);
        }
        return endpoints;
    }

    /** Makes the table hold exactly these: the host of the first, or any other host where there is none. */
    private Host hold(Endpoint... endpoints) {
        set = set.next(List.of(endpoints));
        table.update(set);
        List<Host> hosts = table.hosts(set.endpoints());
        return hosts.isEmpty() ? new Host(pod(99), 99, ledger()) : hosts.get(0);
    }
}
