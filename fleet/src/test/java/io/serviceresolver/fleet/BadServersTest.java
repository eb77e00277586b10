package io.serviceresolver.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.call.RetryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What those who call ten servers, at up to 2,000 calls a second, see of it when servers become bad. A fault in the body is
 * made good as one before it is, as nobody has seen anything of a body that is read as a whole.
 */
@Timeout(120)
class BadServersTest {

    private static final int WARM_UP = 500;
    private static final int CALLS = 6_000;

    /** 0.05 %. */
    private static final int FAILED_AT_MOST = CALLS * 5 / 10_000;

    private static final String GOOD = "200 " + FaultyServer.BODY;

    @ParameterizedTest
    @EnumSource
    void oneBadServerOfTenFailsHardlyAnyIdempotentCall(Fault fault) throws InterruptedException {
        try (FaultyFleet fleet = FaultyFleet.ofTen(fault);
                Load load = fleet.load("GET")) {
            load.awaitCalls(WARM_UP);
            // The first calls of a JVM that shares its processors may take too long, whoever answers.
            long before = failed(load);
            fleet.fail(0, 1);
            load.awaitCalls(CALLS);
            load.stop();
            assertThat(load.answers().keySet()).contains(GOOD).isSubsetOf(GOOD, "503 no");
            long retries = fleet.stats().retries();
            assertThat(failed(load) - before)
                    .as("failed of %s calls, with %s retries: %s", load.calls(), retries, load.failures())
                    .isLessThanOrEqualTo(FAILED_AT_MOST);
            assertThat(retries)
                    .as("calls that met the fault and were made again")
                    .isPositive();
            assertThat(fleet.faultyBodies() > 0).as("a body met the fault").isEqualTo(fault.isInTheBody());
            assertThat(fleet.stats().inFlight()).isZero();
        }
    }

    private static long failed(Load load) {
        return load.failures().size() + load.answers().getOrDefault("503 no", 0L);
    }

    @Test
    void retriesAddNoMoreThanTheReserveWhereAllServersAnswer503() throws InterruptedException {
        try (FaultyFleet fleet = FaultyFleet.ofTen(Fault.ANSWERS_503)) {
            fleet.failAll();
            try (Load load = fleet.load("GET")) {
                load.awaitCalls(2_000);
                load.stop();
                assertThat(load.answers()).containsOnlyKeys("503 no");
                assertThat(fleet.requests())
                        .isBetween(
                                load.calls(),
                                load.calls() + RetryPolicy.standard().budgetReserve());
                assertThat(fleet.stats().inFlight()).isZero();
            }
        }
    }

    /** In a good time the budget fills, and that is all that a bad one gets. */
    @Test
    void afterAGoodTimeRetriesAddNoMoreThanTheBudgetHolds() throws InterruptedException {
        int limit = RetryPolicy.standard().budgetLimit();
        try (FaultyFleet fleet = FaultyFleet.ofTen(Fault.ANSWERS_503);
                Load load = fleet.load("GET")) {
            load.awaitCalls(4 * WARM_UP);
            long before = fleet.stats().retries();
            fleet.failAll();
            load.awaitCalls(CALLS);
            load.stop();
            // What was on its way has gone well yet, and added to it.
            assertThat(fleet.stats().retries() - before).isBetween((long) limit, limit + 4L);
            assertThat(fleet.requests()).isBetween(load.calls() + limit, load.calls() + before + limit + 4);
        }
    }

    @Test
    void aPostToAServerThatResetsIsNotRepeated() throws InterruptedException {
        try (FaultyFleet fleet = FaultyFleet.ofTen(Fault.RESETS);
                Load load = fleet.load("POST")) {
            load.awaitCalls(WARM_UP);
            fleet.failAll();
            load.awaitCalls(WARM_UP);
            load.stop();
            assertThat(load.answers()).containsOnlyKeys(GOOD);
            assertThat(load.failures()).hasSizeGreaterThan(WARM_UP / 2);
            assertThat(fleet.requests()).isEqualTo(load.calls());
            assertThat(fleet.stats().inFlight()).isZero();
        }
    }
}
