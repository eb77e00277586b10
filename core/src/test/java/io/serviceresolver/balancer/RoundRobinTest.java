package io.serviceresolver.balancer;

import static io.serviceresolver.balancer.FakeCandidate.index;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundRobinTest {

    private static final List<FakeCandidate> FIVE = FakeCandidate.some(5);

    @ParameterizedTest
    @ValueSource(ints = {0, 3, Integer.MAX_VALUE - 7, Integer.MAX_VALUE, -8, -1})
    void goesRoundFromAnyStartAlsoWhenTheCounterOverflows(int start) {
        Picker picker = startingAt(start).update(FIVE);
        int[] counts = ChiSquare.count(5, 5_000, () -> index(picker.pick()));
        // The one jump at 2^32, which five does not divide, may cost one round its order.
        for (int count : counts) {
            assertThat(count).isBetween(999, 1_001);
        }
    }

    @Test
    void keepsItsPlaceWhenTheSetChanges() {
        Balancer balancer = startingAt(0);
        Picker picker = balancer.update(FIVE);
        assertThat(index(picker.pick())).isZero();
        assertThat(index(picker.pick())).isEqualTo(1);
        assertThat(index(balancer.update(FakeCandidate.some(7)).pick())).isEqualTo(2);
        assertThat(index(picker.pick())).isEqualTo(3);
    }

    @Test
    void doesNotSendManyClientsToTheSameFirstEndpoint() {
        SplittableRandom random = new SplittableRandom(1);
        Set<Integer> first = new HashSet<>();
        int[] counts = ChiSquare.count(5, 10_000, () -> {
            int picked = index(new RoundRobinBalancer(random).update(FIVE).pick());
            first.add(picked);
            return picked;
        });
        assertThat(first).hasSize(5);
        ChiSquare.assertUniform(counts);
    }

    private static Balancer startingAt(int start) {
        RandomGenerator fixed = () -> (long) start << 32;
        return new RoundRobinBalancer(fixed);
    }
}
