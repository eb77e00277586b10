package io.serviceresolver.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls in flight where endpoints are too many to count them all each time. */
class BoundedLoadTest {

    private static final int MANY = 1_000;

    static Stream<Arguments> factories() {
        return Stream.of(Arguments.of("ring hash", Balancers.ringHash()), Arguments.of("maglev", Balancers.maglev()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("factories")
    void noneOfManyGetsMuchMoreThanAQuarterAboveItsShare(String name, BalancerFactory factory) {
        SplittableRandom random = new SplittableRandom(1);
        List<FakeCandidate> all = FakeCandidate.some(MANY);
        Picker picker = factory.create(FakeService.context(random)).update(all);
        List<FakeCandidate> calls = new ArrayList<>();
        for (int i = 0; i < 40_000; i++) {
            if (calls.size() > 10 * MANY && random.nextInt(3) > 0) {
                calls.remove(random.nextInt(calls.size())).end();
                continue;
            }
            FakeCandidate chosen = (FakeCandidate) picker.begin(i % 2 == 0 ? "hot" : "user-" + i);
            calls.add(chosen);
            // Half a call more than exact counting allows, and one for those who begin before counts are known.
            assertThat((double) chosen.inFlight()).as(name).isLessThan(1.25 * calls.size() / MANY + 2);
        }
        assertThat(calls).hasSizeGreaterThan(9 * MANY);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("factories")
    void choosesTheLeastLoadedOfWhatItSawWhereNoneIsFree(String name, BalancerFactory factory) {
        SplittableRandom random = new SplittableRandom(1);
        List<FakeCandidate> all = FakeCandidate.some(5 * MANY);
        Picker picker = factory.create(FakeService.context(random)).update(all);
        // All at once, so that most of it is not known yet.
        all.forEach(one -> one.inFlight.set(100 + random.nextInt(100)));
        for (int i = 0; i < 50; i++) {
            FakeCandidate chosen = (FakeCandidate) picker.pick("user-" + i);
            assertThat(chosen.inFlight()).as(name).isLessThan(102);
        }
    }
}
