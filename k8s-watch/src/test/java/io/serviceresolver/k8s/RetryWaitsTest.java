package io.serviceresolver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.k8s.ApiFailure.Kind;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When clients come back to an API server, one and many: in time that is only counted. */
class RetryWaitsTest {

    private static final int CLIENTS = 1000;
    private static final ApiFailure REFUSED = new ApiFailure(Kind.UNREACHABLE, "refused");

    @Test
    void growFromHalfASecondToThirty() {
        for (int seed = 0; seed < CLIENTS; seed++) {
            RetryWaits waits = new RetryWaits(new SplittableRandom(seed));
            for (int ceiling = 1; ceiling < 100; ceiling *= 2) {
                assertThat(waits.after(REFUSED))
                        .as("seed %s, ceiling %s", seed, ceiling)
                        .isBetween(Duration.ofMillis(500), Duration.ofSeconds(Math.min(30, ceiling)));
            }
            waits.reset();
            assertThat(waits.after(REFUSED)).as("seed %s", seed).isLessThanOrEqualTo(Duration.ofSeconds(1));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "30, 30", "120, 120", "2147483647, 120"})
    void areNeverShorterThanTheServerAsksForUpToTwoMinutes(long asked, long least) {
        ApiFailure busy = new ApiFailure(Kind.BUSY, "429", Duration.ofSeconds(asked));
        for (int seed = 0; seed < 100; seed++) {
            Duration wait = new RetryWaits(new SplittableRandom(seed)).after(busy);
            assertThat(wait).as("seed %s", seed).isBetween(Duration.ofSeconds(least), Duration.ofSeconds(120));
        }
    }

    @Test
    void areLongWhereTheRightIsMissing() {
        for (int seed = 0; seed < CLIENTS; seed++) {
            assertThat(new RetryWaits(new SplittableRandom(seed)).after(new ApiFailure(Kind.FORBIDDEN, "403")))
                    .as("seed %s", seed)
                    .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(90));
        }
    }

    /** The server goes down for all clients at one moment; when does each come back after it is up again? */
    private static long[] returnsAfter(Duration outage) {
        long[] returns = new long[CLIENTS];
        for (int client = 0; client < CLIENTS; client++) {
            RetryWaits waits = new RetryWaits(new SplittableRandom(client));
            Duration at = Duration.ZERO;
            while (at.compareTo(outage) < 0) {
                at = at.plus(waits.after(REFUSED));
            }
            returns[client] = at.minus(outage).toMillis();
        }
        Arrays.sort(returns);
        return returns;
    }

    @Test
    void spreadTheClientsOfAServerThatWasDownForFiveMinutes() {
        long[] returns = returnsAfter(Duration.ofMinutes(5));
        TreeMap<Long, Integer> bySecond = new TreeMap<>();
        Arrays.stream(returns).forEach(at -> bySecond.merge(at / 1000, 1, Integer::sum));
        // Without jitter all come in one second.
        assertThat(bySecond.values()).allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(CLIENTS / 10));
        assertThat(returns[CLIENTS / 2]).as("the median").isLessThanOrEqualTo(15_000);
        assertThat(returns[CLIENTS - 1]).as("the last").isLessThanOrEqualTo(30_000);
    }

    @Test
    void spreadTheClientsOfAServerThatRestartsAtOnce() {
        TreeMap<Long, Integer> byTenth = new TreeMap<>();
        for (int client = 0; client < CLIENTS; client++) {
            Duration wait = new RetryWaits(new SplittableRandom(client)).after(REFUSED);
            byTenth.merge(wait.toMillis() / 50, 1, Integer::sum);
        }
        // Half a second in steps of 50 ms: 100 each on average.
        assertThat(byTenth).hasSizeBetween(10, 11);
        assertThat(byTenth.values()).allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(150));
    }

    @Test
    void spreadTheRenewalOfWatches() {
        TreeMap<Long, Integer> byHalfMinute = new TreeMap<>();
        Duration least = Duration.ofMinutes(5);
        Duration most = Duration.ofMinutes(10);
        for (int client = 0; client < CLIENTS; client++) {
            Duration age = new RetryWaits(new SplittableRandom(client)).between(least, most);
            assertThat(age).as("seed %s", client).isBetween(least, most);
            byHalfMinute.merge(age.toSeconds() / 30, 1, Integer::sum);
        }
        assertThat(byHalfMinute).hasSize(10);
        assertThat(byHalfMinute.values()).allSatisfy(count -> assertThat(count).isBetween(60, 140));
    }
}
