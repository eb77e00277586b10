package io.serviceresolver;

import static io.serviceresolver.Shares.assertShares;

import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.routing.RoutingPolicy;
import io.serviceresolver.routing.Subsetting;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A client that uses 20 endpoints of each priority. */
class PrioritySubsetTest extends RoutingTest {

    @Override
    RoutingPolicy policy() {
        return RoutingPolicy.standard()
                .withPriorities(one -> one.address().startsWith("10.0.1.") ? 1 : 0)
                .withSubsetting(Subsetting.of(20, "wallaby-x2k4q"));
    }

    private static Endpoint endpoint(int priority, int n, Conditions conditions) {
        return Endpoint.builder("10.0." + priority + "." + n, 8080)
                .uid("uid-" + priority + "-" + n)
                .conditions(conditions)
                .build();
    }

    private static Endpoint[] first(int ready, int notReady) {
        return IntStream.rangeClosed(1, ready + notReady + 50)
                .mapToObj(n -> n <= ready + notReady
                        ? endpoint(0, n, n <= ready ? Conditions.READY : Conditions.NOT_READY)
                        : endpoint(1, n - ready - notReady, Conditions.READY))
                .toArray(Endpoint[]::new);
    }

    private static String priority(Endpoint endpoint) {
        return endpoint.address().startsWith("10.0.1.") ? "1" : "0";
    }

    /** A roll-out that surges by a tenth: 9 in 10 are ready, whichever 20 of them a client uses. */
    @Test
    void whoIsNotReadyCountsByTheShareOfThisClient() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(first(180, 20)));
        assertShares(Shares.of(skippy, 1_000, PrioritySubsetTest::priority), Map.of("0", 1.0), 0);
    }

    @Test
    void callsSpillWhereTooFewAreReady() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(first(100, 100)));
        assertShares(Shares.of(skippy, 10_000, PrioritySubsetTest::priority), Map.of("0", 0.7, "1", 0.3), 0.015);
    }
}
