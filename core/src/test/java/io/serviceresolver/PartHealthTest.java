package io.serviceresolver;

import static io.serviceresolver.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.health.OutlierPolicy;
import io.serviceresolver.routing.RoutingPolicy;
import io.serviceresolver.routing.Subsetting;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A part of a service whose four endpoints are others than those that the handle of the whole uses. */
class PartHealthTest extends RoutingTest {

    private ServiceHandle part;
    private Endpoint[] all = {};
    private String bad = "";

    @Override
    RoutingPolicy policy() {
        return RoutingPolicy.standard().withSubsetting(Subsetting.of(4, "wallaby-x2k4q"));
    }

    @Override
    ServiceResolverBuilder configure(ServiceResolverBuilder builder) {
        return super.configure(builder).balancer(Balancers.roundRobin());
    }

    @Override
    OutlierPolicy outliers() {
        return OutlierPolicy.standard();
    }

    @BeforeEach
    void findOneThatOnlyThePartUses() {
        all = IntStream.rangeClosed(1, 200)
                .mapToObj(n -> pod(n, Map.of("version", n % 10 == 0 ? "canary" : "stable")))
                .toArray(Endpoint[]::new);
        ServiceHandle whole = follow("skippy");
        part = whole.subset("version=canary");
        say(() -> source.found(all));
        Set<String> ofWhole = addresses(whole);
        bad = addresses(part).stream()
                .filter(address -> !ofWhole.contains(address))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> addresses(ServiceHandle handle) {
        return IntStream.range(0, 200).mapToObj(i -> handle.resolve().address()).collect(Collectors.toSet());
    }

    /** A third of the calls to the bad one goes well, so that never five in a row fail. */
    private Outcome outcome(int call, Lease lease) {
        return call % 3 > 0 && lease.endpoint().address().equals(bad) ? Outcome.SERVER_ERROR : Outcome.SUCCESS;
    }

    private void passInterval() {
        time.advance(outliers().interval());
    }

    @Test
    void isJudgedByTheShareOfFailuresToo() {
        int toBad = 0;
        for (int i = 0; i < 400; i++) {
            Lease lease = part.acquire();
            toBad += lease.endpoint().address().equals(bad) ? 1 : 0;
            lease.complete(outcome(toBad, lease));
        }
        passInterval();
        assertThat(part.stats().ejected()).isEqualTo(1);
        assertThat(part.stats().ejections()).isEqualTo(1);
    }

    @Test
    void isNotJudgedByWhatWasBeforeItMayBeCalledAgain() {
        List<Lease> leases = IntStream.range(0, 400)
                .mapToObj(i -> part.acquire())
                .filter(lease -> lease.endpoint().address().equals(bad))
                .toList();
        assertThat(leases).hasSizeGreaterThan(50);
        say(() -> source.found(without(bad)));
        for (int i = 0; i < leases.size(); i++) {
            leases.get(i).complete(outcome(i, leases.get(i)));
        }
        passInterval();
        say(() -> source.found(all));
        passInterval();
        assertThat(part.stats().ejections()).isZero();
    }

    /** All, one of which is not ready. */
    private Endpoint[] without(String address) {
        return Arrays.stream(all)
                .map(one -> one.address().equals(address)
                        ? one.toBuilder().conditions(Conditions.NOT_READY).build()
                        : one)
                .toArray(Endpoint[]::new);
    }
}
