package io.serviceresolver;

import static io.serviceresolver.Pods.pods;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.call.Attempts;
import io.serviceresolver.call.CallOptions;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.call.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** How long retries wait: at random, up to a ceiling. */
class BackoffTest extends EngineTest {

    /** What is drawn from so many. Written by the test. */
    private LongUnaryOperator drawn = count -> 0;

    @Override
    ServiceResolverBuilder configure(ServiceResolverBuilder builder) {
        RandomGenerator random = new RandomGenerator() {
            @Override
            public long nextLong() {
                return 0;
            }

            @Override
            public long nextLong(long count) {
                return drawn.applyAsLong(count);
            }
        };
        RetryPolicy policy = RetryPolicy.standard().withMaxAttempts(8);
        return builder.random(random).retries(policy.withBackoff(Duration.ofMillis(10), Duration.ofMillis(250)));
    }

    private List<Long> waits(Outcome outcome) {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pods(9)));
        Attempts attempts = skippy.attempts(CallOptions.DEFAULT.idempotent());
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            attempts.acquire().complete(outcome);
            waits.add(attempts.next(outcome, Duration.ZERO).orElseThrow().toMillis());
        }
        return waits;
    }

    @Test
    void theCeilingDoublesFromTheShortestToTheLongest() {
        drawn = count -> count - 1;
        assertThat(waits(Outcome.IO_ERROR)).containsExactly(10L, 20L, 40L, 80L, 160L, 250L, 250L);
    }

    @Test
    void anyWaitUpToItIsDrawn() {
        drawn = count -> count / 4;
        assertThat(waits(Outcome.TIMEOUT)).containsExactly(2L, 5L, 10L, 20L, 40L, 62L, 62L);
    }

    @Test
    void thatMayBeNoneAtAll() {
        drawn = count -> 0;
        assertThat(waits(Outcome.SERVER_ERROR)).containsOnly(0L);
    }

    @Test
    void whatWasNotSentWaitsForNothing() {
        drawn = count -> count - 1;
        assertThat(waits(Outcome.CONNECT_FAILED)).containsOnly(0L);
    }
}
