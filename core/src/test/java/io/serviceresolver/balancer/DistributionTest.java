package io.serviceresolver.balancer;

import static io.serviceresolver.balancer.FakeCandidate.index;
import static io.serviceresolver.balancer.FakeService.context;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.call.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How evenly the balancers spread calls, by many seeds. */
class DistributionTest {

    private static final int SEEDS = 20;

    static Stream<Arguments> all() {
        return Stream.concat(
                random(),
                Stream.of(
                        Arguments.of("least response time", Balancers.leastResponseTime()),
                        Arguments.of("round robin", Balancers.roundRobin())));
    }

    static Stream<Arguments> random() {
        return Stream.of(
                Arguments.of("random", Balancers.random()),
                Arguments.of("least connections", Balancers.leastConnections()),
                Arguments.of("two choices", Balancers.powerOfTwoChoices()),
                Arguments.of("five choices", Balancers.powerOfChoices(5)),
                Arguments.of("peak EWMA", Balancers.peakEwma()));
    }

    static Stream<Arguments> inTurn() {
        return Stream.of(
                Arguments.of("least response time", Balancers.leastResponseTime()),
                Arguments.of("round robin", Balancers.roundRobin()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("random")
    void whereAllAreAlikeEachIsChosenAtRandom(String name, BalancerFactory factory) {
        for (int seed = 0; seed < SEEDS; seed++) {
            Picker picker = factory.create(context(new SplittableRandom(seed))).update(FakeCandidate.some(20));
            ChiSquare.assertUniform(ChiSquare.count(20, 20_000, () -> index(picker.pick())));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inTurn")
    void whereAllAreAlikeEachGetsItsTurn(String name, BalancerFactory factory) {
        for (int seed = 0; seed < SEEDS; seed++) {
            for (int count : new int[] {2, 7, 50}) {
                Picker picker =
                        factory.create(context(new SplittableRandom(seed))).update(FakeCandidate.some(count));
                int[] counts = ChiSquare.count(count, 100 * count, () -> index(picker.pick()));
                assertThat(counts).as("%s, seed %s", name, seed).containsOnly(100);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inTurn")
    void aHeavyOneGetsItsShareWithoutBursts(String name, BalancerFactory factory) {
        for (int seed = 0; seed < SEEDS; seed++) {
            List<FakeCandidate> all = FakeCandidate.some(6);
            all.get(seed % 6).weight = 5;
            Picker picker = factory.create(context(new SplittableRandom(seed))).update(all);
            int heavy = 0;
            for (int window = 0; window < 200; window++) {
                // Half of the calls: five of ten.
                int inWindow = 0;
                for (int i = 0; i < 10; i++) {
                    inWindow += index(picker.pick()) == seed % 6 ? 1 : 0;
                }
                assertThat(inWindow).as("%s, seed %s", name, seed).isBetween(4, 6);
                heavy += inWindow;
            }
            assertThat(heavy).as("%s, seed %s", name, seed).isBetween(996, 1_004);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void clientsThatStartTogetherAreNotInStep(String name, BalancerFactory factory) {
        Random random = new Random(1);
        for (int size : new int[] {3, 10, 40}) {
            List<Client> clients = Stream.generate(() -> new Client(factory, random, size))
                    .limit(1_000)
                    .toList();
            assertSpread(name, clients, size);
            // All learn at the same moment that one is gone.
            clients.forEach(client -> client.keep(size - 1));
            assertSpread(name, clients, size - 1);
        }
    }

    /** No moment at which one endpoint is everybody's next. */
    private static void assertSpread(String name, List<Client> clients, int size) {
        for (int call = 0; call < 10; call++) {
            int[] counts = new int[size];
            clients.forEach(client -> counts[client.call()]++);
            assertThat(Arrays.stream(counts).max().orElseThrow()).as(name).isLessThan(1_000 * 2 / size + 40);
            ChiSquare.assertUniform(counts);
        }
    }

    /** One process of many, which know nothing of each other. */
    private static final class Client {

        private final FakeService service = new FakeService();
        private final List<FakeCandidate> all;
        private final RandomGenerator random;
        private final Balancer balancer;
        private Picker picker;

        Client(BalancerFactory factory, RandomGenerator random, int size) {
            this.all = service.candidates(size);
            this.random = random;
            this.balancer = service.balancer(factory, random);
            this.picker = balancer.update(all);
        }

        void keep(int size) {
            picker = balancer.update(all.subList(0, size));
        }

        int call() {
            Candidate chosen = picker.begin();
            chosen.end(Outcome.SUCCESS, (long) (5e6 * (1 + random.nextDouble())));
            return index(chosen);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void whereAllHaveAsManyInFlightAllAreChosen(String name, BalancerFactory factory) {
        for (int seed = 0; seed < SEEDS; seed++) {
            FakeService service = new FakeService();
            List<FakeCandidate> all = service.candidates(10);
            Picker picker =
                    service.balancer(factory, new SplittableRandom(seed)).update(all);
            all.forEach(one -> IntStream.range(0, 3).forEach(call -> one.begin()));
            int[] counts = ChiSquare.count(10, 2_000, () -> index(picker.pick()));
            for (int count : counts) {
                assertThat(count)
                        .as("%s, seed %s: %s", name, seed, Arrays.toString(counts))
                        .isBetween(120, 290);
            }
        }
    }
}
