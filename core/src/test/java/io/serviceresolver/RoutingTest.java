package io.serviceresolver;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.Topology;
import io.serviceresolver.health.OutlierPolicy;
import io.serviceresolver.routing.RoutingPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A resolver with a routing policy, in zone {@code za}, whose ejections last and may hit all but one. */
abstract class RoutingTest extends EngineTest {

    static final Duration LONG = Duration.ofMinutes(5);

    abstract RoutingPolicy policy();

    OutlierPolicy outliers() {
        return OutlierPolicy.standard()
                .withEjections(LONG, LONG)
                .withRates(LONG, 1_000_000, 1, Double.POSITIVE_INFINITY)
                .withMaxEjected(1);
    }

    @Override
    ServiceResolverBuilder configure(ServiceResolverBuilder builder) {
        return builder.random(new Random(17))
                .topology(Topology.of("n1", "za"))
                .outliers(outliers())
                .routing(policy());
    }

    /** Endpoints in zones, from a text such as {@code za:4 zb:2}; those in no zone are in {@code -}. */
    static Endpoint[] inZones(String zones) {
        List<Endpoint> made = new ArrayList<>();
        for (String one : zones.split(" ", -1)) {
            String[] parts = one.split(":", -1);
            for (int i = 0; i < Integer.parseInt(parts[1]); i++) {
                made.add(Pods.pod(made.size() + 1).toBuilder()
                        .zone(parts[0].equals("-") ? null : parts[0])
                        .build());
            }
        }
        return made.toArray(Endpoint[]::new);
    }

    static String zone(Endpoint endpoint) {
        return endpoint.zone().orElse("-");
    }

    /** Has calls fail until these are left alone. */
    void eject(ServiceHandle handle, Endpoint... bad) {
        for (Endpoint one : bad) {
            int before = handle.stats().ejected();
            for (int i = 0; i < 10_000 && handle.stats().ejected() == before; i++) {
                Lease lease = handle.acquire();
                lease.complete(lease.endpoint().equals(one) ? Outcome.CONNECT_FAILED : Outcome.SUCCESS);
                time.runDue();
            }
            assertThat(handle.stats().ejected()).as("%s is ejected", one).isEqualTo(before + 1);
        }
    }

    /** Has calls go well until nobody is left alone. */
    void letBack(ServiceHandle handle) {
        for (int i = 0; i < 10_000 && handle.stats().ejected() > 0; i++) {
            handle.acquire().success();
            time.runDue();
        }
        assertThat(handle.stats().ejected()).isZero();
    }

    List<String> notes(ServiceHandle handle) throws Exception {
        return ExplainTest.explain(handle, time).notes();
    }
}
