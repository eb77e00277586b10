package io.serviceresolver.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of loads against all counts looked at one by one. */
class LoadOrderTest {

    private final LoadOrder order = new LoadOrder(1, new LoadTable());
    private final List<FakeCandidate> members = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void drawsFromTheLeastLoadedWhateverComesAndGoes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<FakeCandidate> away = new ArrayList<>(FakeCandidate.some(30));
        away.forEach(one -> one.inFlight.set(random.nextInt(4)));
        for (int step = 0; step < 5_000; step++) {
            int what = random.nextInt(10);
            if (members.isEmpty() || (what == 0 && !away.isEmpty())) {
                FakeCandidate comes = away.remove(random.nextInt(away.size()));
                members.add(comes);
                order.add(comes);
            } else if (what == 1) {
                FakeCandidate goes = members.remove(random.nextInt(members.size()));
                order.remove(goes.index());
                away.add(goes);
            } else {
                FakeCandidate changes = members.get(random.nextInt(members.size()));
                // Mostly by one, sometimes by many at once, as after a time in which nobody followed.
                int by = random.nextInt(20) == 0 ? random.nextInt(40) : 1;
                changes.inFlight.updateAndGet(n -> Math.max(0, random.nextBoolean() ? n + by : n - by));
                order.follow(changes.index(), changes.inFlight());
            }
            assertDrawsTheLeastLoaded("seed " + seed + ", step " + step);
        }
    }

    private void assertDrawsTheLeastLoaded(String when) {
        assertThat(order.isEmpty()).as(when).isEqualTo(members.isEmpty());
        if (members.isEmpty()) {
            return;
        }
        int least = members.stream().mapToInt(FakeCandidate::inFlight).min().orElseThrow();
        Set<Candidate> expected =
                members.stream().filter(one -> one.inFlight() == least).collect(Collectors.toSet());
        Set<Candidate> drawn = new HashSet<>();
        for (int place = 0; place < order.ties(); place++) {
            drawn.add(order.pick((int) ((place * (1L << 32) + (1L << 31)) / order.ties())));
        }
        assertThat(drawn).as(when).isEqualTo(expected);
        assertThat(order.least()).as(when).isEqualTo(least);
    }
}
