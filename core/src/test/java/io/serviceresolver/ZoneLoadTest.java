package io.serviceresolver;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.health.OutlierPolicy;
import io.serviceresolver.routing.LocalityPolicy;
import io.serviceresolver.routing.RoutingPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Our own zone gets fewer calls while calls fare worse there than elsewhere. */
class ZoneLoadTest extends RoutingTest {

    @Override
    RoutingPolicy policy() {
        return RoutingPolicy.standard()
                .withLocality(LocalityPolicy.preferOwnZone().withLoadFactor(2, 0.1));
    }

    @Override
    OutlierPolicy outliers() {
        return super.outliers().withConsecutiveFailures(0);
    }

    private ServiceHandle skippy() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(inZones("za:4 zb:4")));
        return skippy;
    }

    private static boolean isOurs(Lease lease) {
        return RoutingTest.zone(lease.endpoint()).equals("za");
    }

    /** Makes calls for so many intervals: the share of them that went to our zone in the last one. */
    private double call(ServiceHandle handle, int intervals, int ourMillis, Outcome ours) {
        int local = 0;
        int calls = 800;
        for (int interval = 0; interval < intervals; interval++) {
            List<Lease> leases = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                leases.add(handle.acquire());
            }
            time.advance(Duration.ofMillis(10));
            leases.stream().filter(lease -> !isOurs(lease)).forEach(Lease::success);
            time.advance(Duration.ofMillis(ourMillis - 10));
            List<Lease> left = leases.stream().filter(ZoneLoadTest::isOurs).toList();
            for (int i = 0; i < left.size(); i++) {
                left.get(i).complete(i % 4 == 0 ? Outcome.SUCCESS : ours);
            }
            local = left.size();
            time.advance(Duration.ofSeconds(LocalityPolicy.INTERVAL_SECONDS).minusMillis(ourMillis));
        }
        return (double) local / calls;
    }

    @Test
    void staysWhileCallsFareAlike() {
        assertThat(call(skippy(), 6, 10, Outcome.SUCCESS)).isBetween(0.86, 0.94);
    }

    @Test
    void givesWayWhileCallsTakeLongerAndComesBack() throws Exception {
        ServiceHandle skippy = skippy();
        assertThat(call(skippy, 4, 30, Outcome.SUCCESS)).as("0.7 ^ 3").isBetween(0.29, 0.40);
        assertThat(notes(skippy))
                .containsExactly("calls to our zone take longer than to others: it gets 24.0 % of its fair share");
        assertThat(call(skippy, 10, 30, Outcome.SUCCESS)).as("a tenth at least").isBetween(0.07, 0.13);
        assertThat(call(skippy, 10, 15, Outcome.SUCCESS)).isBetween(0.86, 0.94);
        assertThat(notes(skippy)).isEmpty();
    }

    @Test
    void givesWayWhileCallsFail() {
        assertThat(call(skippy(), 4, 10, Outcome.SERVER_ERROR)).isBetween(0.29, 0.40);
    }

    @Test
    void aQuickFailureIsNoQuickCallAndACancellationIsNothing() {
        assertThat(call(skippy(), 4, 10, Outcome.CANCELLED)).isBetween(0.86, 0.94);
    }

    @Test
    void givesWayWhereCallsAreStuck() {
        ServiceHandle skippy = skippy();
        List<Lease> stuck = new ArrayList<>();
        int local = 0;
        for (int interval = 0; interval < 3; interval++) {
            local = 0;
            for (int i = 0; i < 400; i++) {
                Lease lease = skippy.acquire();
                if (isOurs(lease)) {
                    stuck.add(lease);
                    local++;
                } else {
                    lease.success();
                }
            }
            time.advance(Duration.ofSeconds(LocalityPolicy.INTERVAL_SECONDS));
        }
        assertThat(local / 400.0).as("0.7 ^ 2").isBetween(0.42, 0.56);
        stuck.forEach(Lease::success);
    }
}
