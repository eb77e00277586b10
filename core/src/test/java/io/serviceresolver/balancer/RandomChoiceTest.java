package io.serviceresolver.balancer;

import static io.serviceresolver.balancer.FakeCandidate.index;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The balancers that choose at random. */
class RandomChoiceTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void randomIsUniform(long seed) {
        Picker picker = Balancers.random().create(new SplittableRandom(seed)).update(FakeCandidate.some(20));
        ChiSquare.assertUniform(ChiSquare.count(20, 100_000, () -> index(picker.pick())));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void twoChoicesAreUniformWhileAllAreIdle(long seed) {
        Picker picker =
                Balancers.powerOfTwoChoices().create(new SplittableRandom(seed)).update(FakeCandidate.some(20));
        ChiSquare.assertUniform(ChiSquare.count(20, 100_000, () -> index(picker.pick())));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void twoChoicesNeverTakeTheMostLoadedOfAll(long seed) {
        List<FakeCandidate> three = FakeCandidate.some(3);
        three.get(2).inFlight.set(10);
        Picker picker =
                Balancers.powerOfTwoChoices().create(new SplittableRandom(seed)).update(three);
        int[] counts = ChiSquare.count(3, 10_000, () -> index(picker.pick()));
        assertThat(counts[2]).isZero();
        ChiSquare.assertUniform(new int[] {counts[0], counts[1]});
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void twoChoicesWorkOnFewEndpoints(int count) {
        List<FakeCandidate> few = FakeCandidate.some(count);
        few.get(0).inFlight.set(1);
        Picker picker =
                Balancers.powerOfTwoChoices().create(new SplittableRandom(7)).update(few);
        for (int i = 0; i < 100; i++) {
            assertThat(index(picker.pick())).isEqualTo(count - 1);
        }
    }
}
