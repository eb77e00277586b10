package io.serviceresolver.benchmarks.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is measured does what it is measured for. */
class SubjectsTest {

    /** Odd: a round robin that is asked twice each time comes to all of them. */
    private static final int ENDPOINTS = 11;

    private static final int PICKS = 1_000;
    private static final int IN_FLIGHT = 16;

    static Stream<Competitor> ofOneService() {
        return Subjects.load().all().stream()
                .filter(one -> one.activities().contains(Activity.PICK)
                        || one.activities().contains(Activity.CALL));
    }

    static Stream<Competitor> updated() {
        return Subjects.load().in(Activity.UPDATE).stream();
    }

    @ParameterizedTest
    @MethodSource("ofOneService")
    void everySystemUsesAllOfItsEndpoints(Competitor system) {
        try (Subject subject = system.factory().apply(ENDPOINTS)) {
            assertThat(used(subject)).hasSize(ENDPOINTS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"floor-p2c", "p2c", "lc", "lc-lease", "lc-balancer"})
    void aCallCountsUntilItEnds(String system) {
        try (Subject subject = Subjects.load().find(system).factory().apply(2)) {
            for (int i = 0; i < PICKS; i++) {
                subject.end(subject.begin());
            }
            assertThat(mostPicked(subject)).isLessThan(PICKS * 3 / 5);
            Object call = subject.begin();
            assertThat(mostPicked(subject)).isGreaterThan(PICKS * 3 / 5);
            subject.end(call);
            assertThat(mostPicked(subject)).isLessThan(PICKS * 3 / 5);
        }
    }

    private static int mostPicked(Subject subject) {
        Map<Object, Integer> picks = new HashMap<>();
        for (int i = 0; i < PICKS; i++) {
            picks.merge(subject.pick(), 1, Integer::sum);
        }
        return Collections.max(picks.values());
    }

    @ParameterizedTest
    @MethodSource("updated")
    void anUpdateReplacesOneEndpoint(Competitor system) {
        try (Subject subject = system.factory().apply(ENDPOINTS)) {
            Set<Object> used = new HashSet<>();
            for (int update = 0; update < 3; update++) {
                used.addAll(used(subject));
                assertThat(used).hasSize(ENDPOINTS + update);
                subject.update();
            }
        }
    }

    /** What is picked while some calls are in flight. */
    private static Set<Object> used(Subject subject) {
        Set<Object> used = new HashSet<>();
        Deque<Object> calls = new ArrayDeque<>();
        for (int i = 0; i < PICKS; i++) {
            used.add(subject.pick());
            calls.add(subject.begin());
            if (calls.size() > IN_FLIGHT) {
                subject.end(calls.remove());
            }
        }
        calls.forEach(subject::end);
        return used;
    }

    @ParameterizedTest
    @EnumSource(Activity.class)
    void everySystemIsHeldAgainstAFloorOfTheSameActivity(Activity activity) {
        Subjects subjects = Subjects.load();
        for (Competitor system : subjects.in(activity)) {
            String floor = system.floor(activity);
            assertThat(floor.isEmpty() || subjects.find(floor).activities().contains(activity))
                    .as("%s of %s", floor, system.name())
                    .isTrue();
        }
    }

    @Test
    void theIndexOfSelectorsFindsWhatTheLoopFinds() {
        try (Subject index = new SelectorEngine(100);
                Subject loop = new SelectorLoop(100)) {
            for (int i = 0; i < Labels.OBJECTS; i++) {
                List<?> expected = (List<?>) loop.pick();
                assertThat(Set.copyOf((List<?>) index.pick())).isEqualTo(Set.copyOf(expected));
                assertThat(expected).isNotEmpty();
            }
        }
    }

    @Test
    void manyServicesAreFollowedAtOnce() {
        try (Subject services = OurServices.following(300)) {
            assertThat(services.pick()).isNotNull();
        }
    }

    @Test
    void whoIsNotThereIsToldWhoIs() {
        assertThatThrownBy(() -> Subjects.load().find("nobody"))
                .hasMessageStartingWith("system: nobody (expected: one of [floor-rr, ");
    }
}
