package io.serviceresolver.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient.Version;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What those who call 28 servers, at up to 2,000 calls a second, see of it when seven at a time are bad, each in another
 * way: four times, other servers each time, while those before are well again. Hardly any call fails, also of those that meet a
 * fault in the body, as nobody has seen anything of it. The property {@code fleet.calls} makes it longer: fifty times as many
 * calls end in each of the four.
 */
@Timeout(600)
class MixedFaultsTest {

    private static final List<Fault> KINDS = List.of(Fault.values());
    private static final int ROUNDS = 4;
    private static final int WARM_UP = 1_000;
    private static final int CALLS = 50 * Integer.getInteger("fleet.calls", 60);

    private static final String GOOD = "200 " + FaultyServer.BODY;

    @ParameterizedTest
    @EnumSource
    void aQuarterOfAllServersBadInAllWaysFailsHardlyAnyIdempotentCall(Version version) throws InterruptedException {
        List<Fault> faults =
                Stream.generate(() -> KINDS).limit(ROUNDS).flatMap(List::stream).toList();
        try (FaultyFleet fleet = new FaultyFleet(version, Duration.ofSeconds(3), faults);
                Load load = fleet.load("GET")) {
            load.awaitCalls(WARM_UP);
            for (int first = 0; first < faults.size(); first += KINDS.size()) {
                fleet.fail(first, first + KINDS.size());
                load.awaitCalls(CALLS);
                fleet.recover(first, first + KINDS.size());
            }
            load.stop();
            assertHardlyAnyFailed(fleet, load);
            assertThat(fleet.requests()).as("for %s calls", load.calls()).isLessThan(load.calls() * 11 / 10);
            assertThat(fleet.stats().inFlight()).isZero();
        }
    }

    private static void assertHardlyAnyFailed(FaultyFleet fleet, Load load) {
        assertThat(load.answers().keySet()).contains(GOOD).isSubsetOf(GOOD, "503 no");
        long failed = load.calls() - load.answers().getOrDefault(GOOD, 0L);
        assertThat(failed)
                .as(
                        "failed of %s calls, %s of which met a fault in the body, with %s retries: %s",
                        load.calls(), fleet.faultyBodies(), fleet.stats().retries(), load.failures())
                .isLessThanOrEqualTo(load.calls() * 5 / 10_000);
        // Were no server avoided, one in fourteen would have a fault in the body at any time.
        assertThat(fleet.faultyBodies()).as("of %s calls", load.calls()).isLessThan(load.calls() / 50);
    }
}
