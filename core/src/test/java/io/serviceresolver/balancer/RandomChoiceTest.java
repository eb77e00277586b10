package io.serviceresolver.balancer;

import static io.serviceresolver.balancer.FakeCandidate.index;
import static io.serviceresolver.balancer.FakeService.context;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The balancers that choose at random. */
class RandomChoiceTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void randomIsUniform(long seed) {
        Picker picker =
                Balancers.random().create(context(new SplittableRandom(seed))).update(FakeCandidate.some(20));
        ChiSquare.assertUniform(ChiSquare.count(20, 100_000, () -> index(picker.pick())));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void twoChoicesAreUniformWhileAllAreIdle(long seed) {
        Picker picker = Balancers.powerOfTwoChoices()
                .create(context(new SplittableRandom(seed)))
                .update(FakeCandidate.some(20));
        ChiSquare.assertUniform(ChiSquare.count(20, 100_000, () -> index(picker.pick())));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void twoChoicesNeverTakeTheMostLoadedOfAll(long seed) {
        List<FakeCandidate> three = FakeCandidate.some(3);
        three.get(2).inFlight.set(10);
        Picker picker = Balancers.powerOfTwoChoices()
                .create(context(new SplittableRandom(seed)))
                .update(three);
        int[] counts = ChiSquare.count(3, 10_000, () -> index(picker.pick()));
        assertThat(counts[2]).isZero();
        ChiSquare.assertUniform(new int[] {counts[0], counts[1]});
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void twoChoicesWorkOnFewEndpoints(int count) {
        List<FakeCandidate> few = FakeCandidate.some(count);
        few.get(0).inFlight.set(1);
        Picker picker = Balancers.powerOfTwoChoices()
                .create(context(new SplittableRandom(7)))
                .update(few);
        for (int i = 0; i < 100; i++) {
            assertThat(index(picker.pick())).isEqualTo(count - 1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void randomGoesByWeight(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<FakeCandidate> all = FakeCandidate.some(20);
        all.forEach(one -> one.weight = 1 + random.nextInt(100));
        double[] shares = all.stream().mapToDouble(one -> one.weight).toArray();
        Picker picker = Balancers.random().create(context(random)).update(all);
        ChiSquare.assertShares(ChiSquare.count(20, 200_000, () -> index(picker.pick())), shares);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void choicesNeverTakeOneOfTheMostLoadedWhoAreFewer(int choices) {
        List<FakeCandidate> all = FakeCandidate.some(10);
        all.subList(0, choices - 1).forEach(one -> one.inFlight.set(10));
        Picker picker = Balancers.powerOfChoices(choices)
                .create(context(new SplittableRandom(1)))
                .update(all);
        int[] counts = ChiSquare.count(10, 20_000, () -> index(picker.pick()));
        // Three or more may look at the same one twice, so that only the most of them have to differ.
        int busy = IntStream.range(0, choices - 1).map(i -> counts[i]).sum();
        assertThat(busy).isLessThan(choices == 2 ? 1 : 600);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void twoChoicesGoByLoadInRelationToWeight(long seed) {
        List<FakeCandidate> two = FakeCandidate.some(2);
        two.get(0).weight = 3;
        Picker picker = Balancers.powerOfTwoChoices()
                .create(context(new SplittableRandom(seed)))
                .update(two);
        for (int i = 0; i < 400; i++) {
            picker.begin();
        }
        assertThat(two.get(0).inFlight()).isBetween(298, 302);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void whereAllAreIdleSharesAreTheWeights(int choices) {
        double[][] several = {{3, 1, 1}, {0.1, 1, 1, 1}, {1, 1, 4}, {1, 2, 3, 4, 5}};
        for (int seed = 0; seed < 10; seed++) {
            for (double[] weights : several) {
                Picker picker = Balancers.powerOfChoices(choices)
                        .create(context(new SplittableRandom(seed)))
                        .update(weighing(weights));
                ChiSquare.assertShares(ChiSquare.count(weights.length, 20_000, () -> oneCall(picker)), weights);
            }
        }
    }

    private static List<FakeCandidate> weighing(double... weights) {
        List<FakeCandidate> all = FakeCandidate.some(weights.length);
        all.forEach(one -> one.weight = weights[one.index]);
        return all;
    }

    private static int oneCall(Picker picker) {
        FakeCandidate chosen = (FakeCandidate) picker.begin();
        chosen.end();
        return chosen.index;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void onesThatAreHardlyEverDrawnStillTakeWhatIsTooMuch(int choices) {
        List<FakeCandidate> all = weighing(1_000, 1, 1, 1);
        Picker picker = Balancers.powerOfChoices(choices)
                .create(context(new SplittableRandom(1)))
                .update(all);
        for (int i = 0; i < 3_009; i++) {
            picker.begin();
        }
        assertThat(all.get(0).inFlight()).isBetween(2_990, 3_006);
        assertThat(all.subList(1, 4))
                .allSatisfy(one -> assertThat(one.inFlight()).isBetween(1, 6));
    }

    @Test
    void refusesNumbersOfChoicesThatMakeNoSense() {
        assertThatThrownBy(() -> Balancers.powerOfChoices(1)).hasMessage("choices: 1 (expected: 2 to 10)");
        assertThatThrownBy(() -> Balancers.powerOfChoices(11)).hasMessage("choices: 11 (expected: 2 to 10)");
    }
}
