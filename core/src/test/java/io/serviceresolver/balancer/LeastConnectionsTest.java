package io.serviceresolver.balancer;

import static io.serviceresolver.balancer.FakeCandidate.index;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every choice against what looking at all candidates says. */
class LeastConnectionsTest {

    private static final int STEPS = 30_000;

    private final FakeService service = new FakeService();
    private final List<FakeCandidate> calls = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 64, 100, 1_000})
    void alwaysTakesOneWithTheFewestInFlight(int count) {
        Random random = new Random(count);
        List<FakeCandidate> all = service.candidates(count);
        Balancer balancer = service.balancer(Balancers.leastConnections(), random);
        wander(all, balancer.update(all), random, STEPS);
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 2", "10, 2", "10, 10", "100, 3", "100, 100"})
    void takesTheLeastInRelationToTheWeights(int count, int weights) {
        Random random = new Random(count);
        List<FakeCandidate> all = service.candidates(count);
        all.forEach(one -> one.weight = 1 + one.index % weights);
        Balancer balancer = service.balancer(Balancers.leastConnections(), random);
        wander(all, balancer.update(all), random, STEPS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void staysExactWhileCandidatesComeAndGoAndChangeTheirWeights(int seed) {
        Random random = new Random(seed);
        List<FakeCandidate> all = new ArrayList<>(service.candidates(40));
        Balancer balancer = service.balancer(Balancers.leastConnections(), random);
        for (int round = 0; round < 200; round++) {
            if (seed % 2 == 0) {
                all.get(random.nextInt(all.size())).weight = 1 + random.nextInt(4);
            }
            // Another one may get the index of one that is gone, whose calls end later.
            int reused = random.nextInt(all.size());
            FakeCandidate gone = all.set(reused, service.candidate(reused));
            gone.weight = 100;
            Collections.shuffle(all, random);
            List<FakeCandidate> now = List.copyOf(all.subList(0, 1 + random.nextInt(all.size())));
            wander(now, balancer.update(now), random, 100);
            all.sort((one, other) -> one.index - other.index);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 7, 8})
    void staysExactWhileAFewOfManyThatWeighTheSameComeAndGo(int seed) {
        Random random = new Random(seed);
        service.weighted = false;
        List<FakeCandidate> all = new ArrayList<>(service.candidates(40));
        Balancer balancer = service.balancer(Balancers.leastConnections(), random);
        for (int round = 0; round < 400; round++) {
            int place = random.nextInt(all.size());
            switch (random.nextInt(4)) {
                case 0 -> all.set(place, service.candidate(all.get(place).index));
                case 1 -> all.add(place, service.candidate(40 + round));
                case 2 -> Collections.swap(all, place, random.nextInt(all.size()));
                default -> all.removeIf(one -> all.size() > 10 && random.nextInt(10) == 0);
            }
            List<FakeCandidate> now = List.copyOf(all);
            wander(now, balancer.update(now), random, 50);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void severalHandlesOfOneServiceKnowOfEachOthersCalls(int seed) {
        Random random = new Random(seed);
        List<FakeCandidate> all = service.candidates(30);
        Picker whole = service.balancer(Balancers.leastConnections(), random).update(all);
        Balancer subset = service.balancer(Balancers.leastConnections(), random);
        subset.update(all);
        for (int round = 0; round < 200; round++) {
            // Long enough for the other one to look unused.
            wander(all, whole, random, random.nextInt(4_000));
            int first = random.nextInt(20);
            List<FakeCandidate> part = all.subList(first, first + 1 + random.nextInt(10));
            wander(part, subset.update(part), random, random.nextInt(100));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void breaksTiesUniformly(long seed) {
        List<FakeCandidate> all = service.candidates(20);
        all.subList(0, 7).forEach(Candidate::begin);
        Random random = new Random(seed);
        Picker picker = service.balancer(Balancers.leastConnections(), random).update(all);
        ChiSquare.assertUniform(ChiSquare.count(13, 100_000, () -> index(picker.pick()) - 7));
        ChiSquare.assertUniform(ChiSquare.count(13, 100_000, () -> index(oneCall(picker)) - 7));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void partsOfTheNextCallDecideBetweenDifferentWeights(long seed) {
        List<FakeCandidate> all = service.candidates(12);
        // Four of weight 1 that are idle, four of weight 2 with one call each, and four that are busier.
        all.subList(4, 12).forEach(one -> one.weight = 2);
        all.subList(4, 12).forEach(Candidate::begin);
        all.subList(8, 12).forEach(Candidate::begin);
        Picker picker =
                service.balancer(Balancers.leastConnections(), new Random(seed)).update(all);
        // The least of four numbers is above half of (1 + the least of four others) once in 32 times.
        double[] shares = new double[8];
        Arrays.fill(shares, 0, 4, 31);
        Arrays.fill(shares, 4, 8, 1);
        ChiSquare.assertShares(ChiSquare.count(8, 100_000, () -> index(oneCall(picker))), shares);
        ChiSquare.assertShares(ChiSquare.count(8, 100_000, () -> index(picker.pick())), shares);
    }

    /** What each gets of calls that come one after the other: worked out by integrals over the parts of the next call. */
    static Stream<Arguments> idle() {
        double heavy = 1 - Math.pow(2 / 3.0, 3);
        return Stream.of(
                Arguments.of(new double[] {3, 1, 1}, new double[] {heavy, (1 - heavy) / 2, (1 - heavy) / 2}),
                Arguments.of(new double[] {0.1, 1, 1, 1}, new double[] {0.025, 0.325, 0.325, 0.325}),
                Arguments.of(new double[] {1, 2}, new double[] {0.25, 0.75}),
                Arguments.of(new double[] {1, 2, 1, 2}, new double[] {7, 17, 7, 17}));
    }

    @ParameterizedTest
    @MethodSource("idle")
    void sharesGoByWeightAlsoWhereNothingIsInFlight(double[] weights, double[] shares) {
        for (int seed = 0; seed < 20; seed++) {
            List<FakeCandidate> all = service.candidates(weights.length);
            all.forEach(one -> one.weight = weights[one.index]);
            Picker picker = service.balancer(Balancers.leastConnections(), new Random(seed))
                    .update(all);
            ChiSquare.assertShares(ChiSquare.count(weights.length, 20_000, () -> index(oneCall(picker))), shares);
        }
    }

    private static Candidate oneCall(Picker picker) {
        FakeCandidate chosen = (FakeCandidate) picker.begin();
        chosen.end();
        return chosen;
    }

    /** Begins and ends calls at random, in bursts of either, and looks at each choice. */
    private void wander(List<FakeCandidate> all, Picker picker, Random random, int steps) {
        boolean rising = true;
        for (int i = 0; i < steps; i++) {
            rising = random.nextInt(50) == 0 ? random.nextBoolean() : rising;
            if (!calls.isEmpty() && random.nextInt(4) < (rising ? 1 : 3)) {
                int last = calls.size() - 1;
                Collections.swap(calls, random.nextInt(calls.size()), last);
                calls.remove(last).end();
            } else if (random.nextInt(8) == 0) {
                // A retry chooses for itself.
                calls.add(begun(all.get(random.nextInt(all.size()))));
            } else {
                calls.add(chosen(all, picker, random));
            }
        }
    }

    private static FakeCandidate begun(FakeCandidate candidate) {
        candidate.begin();
        return candidate;
    }

    private static FakeCandidate chosen(List<FakeCandidate> all, Picker picker, RandomGenerator random) {
        if (random.nextBoolean()) {
            FakeCandidate seen = (FakeCandidate) picker.pick();
            assertLeast(seen, seen.inFlight(), all);
        }
        FakeCandidate chosen = (FakeCandidate) picker.begin();
        assertLeast(chosen, chosen.inFlight() - 1, all);
        return chosen;
    }

    /** Nobody of the same weight has less, and nobody has less by a whole call, as each has a part of the next one. */
    static void assertLeast(FakeCandidate chosen, int inFlight, List<FakeCandidate> all) {
        for (FakeCandidate one : all) {
            boolean least = one.weight == chosen.weight
                    ? inFlight <= one.inFlight()
                    : inFlight / chosen.weight <= (one.inFlight() + 1) / one.weight;
            if (!least) {
                fail("%s, with %s before, of %s", chosen, inFlight, all);
            }
        }
    }
}
