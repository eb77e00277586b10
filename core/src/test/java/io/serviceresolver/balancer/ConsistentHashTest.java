package io.serviceresolver.balancer;

import static io.serviceresolver.balancer.FakeCandidate.index;
import static io.serviceresolver.balancer.FakeService.context;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConsistentHashTest {

    private static final int KEYS = 50_000;
    private static final String[] KEY =
            IntStream.range(0, KEYS).mapToObj(i -> "user-" + i).toArray(String[]::new);

    /** The factory, how far shares may be from fair, and how many keys may move that had no need to. */
    static Stream<Arguments> factories() {
        return Stream.of(
                Arguments.of("ring hash", Balancers.ringHash(), 0.35, 0.0),
                Arguments.of("maglev", Balancers.maglev(), 0.05, 0.05));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("factories")
    void sharesAreFairAndGoByWeight(String name, BalancerFactory factory, double tolerance, double moved) {
        List<FakeCandidate> all = FakeCandidate.some(50);
        all.forEach(one -> one.weight = one.index < 25 ? 1 : 2);
        int[] counts = new int[50];
        for (int owner : owners(picker(factory, all))) {
            counts[owner]++;
        }
        for (int i = 0; i < 50; i++) {
            double fair = KEYS * (i < 25 ? 1 : 2) / 75.0;
            // The keys themselves are random: five standard deviations for them.
            assertThat(Math.abs(counts[i] - fair))
                    .as("%s: %s of %s", name, counts[i], fair)
                    .isLessThan(tolerance * fair + 5 * Math.sqrt(fair));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("factories")
    void hardlyAnyKeyMovesThatHasNoNeedTo(String name, BalancerFactory factory, double tolerance, double moved) {
        List<FakeCandidate> all = FakeCandidate.some(50);
        int[] before = owners(picker(factory, all));
        List<FakeCandidate> less = all.subList(0, 49);
        int[] after = owners(picker(factory, less));
        int needless = 0;
        for (int i = 0; i < KEYS; i++) {
            needless += before[i] != 49 && before[i] != after[i] ? 1 : 0;
        }
        assertThat(needless).as(name).isLessThanOrEqualTo((int) (moved * KEYS));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("factories")
    void allClientsChooseAlikeWhateverTheOrder(String name, BalancerFactory factory, double tolerance, double moved) {
        List<FakeCandidate> all = FakeCandidate.some(20);
        List<FakeCandidate> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, new Random(1));
        int[] one = owners(picker(factory, all));
        int[] other = owners(factory.create(context(new SplittableRandom(2))).update(shuffled));
        int different = 0;
        for (int i = 0; i < KEYS; i++) {
            different += one[i] != other[i] ? 1 : 0;
        }
        assertThat(different).as(name).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("factories")
    void noneGetsMoreThanAQuarterAboveItsShare(String name, BalancerFactory factory, double tolerance, double moved) {
        List<FakeCandidate> all = FakeCandidate.some(10);
        Picker picker = picker(factory, all);
        for (int i = 1; i <= 1_000; i++) {
            // Some keys are hot.
            Candidate chosen = picker.begin(i % 2 == 0 ? "hot" : KEY[i]);
            assertThat(chosen.inFlight()).as(name).isLessThanOrEqualTo((int) Math.ceil(1.25 * i / 10));
        }
        assertThat(all.stream().mapToInt(FakeCandidate::inFlight).sum()).isEqualTo(1_000);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("factories")
    void callsWithoutAKeyGoEverywhere(String name, BalancerFactory factory, double tolerance, double moved) {
        Picker picker = picker(factory, FakeCandidate.some(5));
        int[] counts = ChiSquare.count(5, 10_000, () -> index(picker.pick()));
        assertThat(counts).as(name).doesNotContain(0);
        assertThat(picker.begin()).isNotNull();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("factories")
    void thePodOfAStatefulSetKeepsItsKeysWithAnotherAddress(
            String name, BalancerFactory factory, double tolerance, double moved) {
        List<FakeCandidate> before = hosts("db-0", "db-1", "db-2");
        List<FakeCandidate> moving = hosts("db-1", "db-0", "db-2");
        int[] one = owners(picker(factory, before));
        int[] other = owners(picker(factory, List.of(moving.get(1), moving.get(0), moving.get(2))));
        int[] swapped = {1, 0, 2};
        for (int i = 0; i < KEYS; i++) {
            assertThat(other[i]).as(name).isEqualTo(swapped[one[i]]);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("factories")
    void podsThatShareOneHostNameAreToldApart(String name, BalancerFactory factory, double tolerance, double moved) {
        assertThat(owners(picker(factory, hosts("web", "web", "web")))).as(name).contains(0, 1, 2);
    }

    @Test
    void aKeyHashesAlikeInEveryVersion() {
        assertThat(StableHash.of("user-1")).isEqualTo(StableHash.of(new String("user-1")));
        assertThat(StableHash.of("")).isEqualTo(0xefd01f60ba992926L);
    }

    @Test
    void refusesALoadFactorThatMakesNoSense() {
        assertThatThrownBy(() -> Balancers.ringHash(1)).hasMessage("loadFactor: 1.0 (expected: more than 1)");
        assertThatThrownBy(() -> Balancers.maglev(Double.NaN)).hasMessage("loadFactor: NaN (expected: more than 1)");
    }

    private static List<FakeCandidate> hosts(String... names) {
        FakeService service = new FakeService();
        return IntStream.range(0, names.length)
                .mapToObj(i -> {
                    FakeCandidate made = service.candidate(i);
                    made.hostname = names[i];
                    return made;
                })
                .toList();
    }

    private static Picker picker(BalancerFactory factory, List<FakeCandidate> all) {
        return factory.create(context(new SplittableRandom(1))).update(all);
    }

    private static int[] owners(Picker picker) {
        return Stream.of(KEY).mapToInt(key -> index(picker.pick(key))).toArray();
    }
}
