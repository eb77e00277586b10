package io.serviceresolver.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.benchmarks.subject.Activity;
import io.serviceresolver.benchmarks.subject.Competitor;
import io.serviceresolver.benchmarks.subject.Subject;
import io.serviceresolver.benchmarks.subject.Subjects;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is compared with works as its users have it. */
class PeersTest {

    /** Odd: a round robin that is asked twice each time comes to all of them. */
    private static final int ENDPOINTS = 11;

    private static final int PICKS = 1_000;
    private static final int IN_FLIGHT = 16;

    static Stream<Competitor> all() {
        return new Peers().competitors().stream();
    }

    /** All but the one that avoids an endpoint for seconds where a call was slow, be it for a pause of this process. */
    static Stream<Competitor> unhurried() {
        return all().filter(system -> !system.name().equals("grpc-with-lrt"));
    }

    /** Finagle's round robin knows of calls, and does not care. */
    static Stream<Competitor> counted() {
        return unhurried()
                .filter(system -> system.activities().contains(Activity.CALL))
                .filter(system -> !system.name().equals("finagle-rr"));
    }

    @ParameterizedTest
    @MethodSource("unhurried")
    void everySystemUsesAllOfItsEndpoints(Competitor system) {
        try (Subject subject = system.factory().apply(ENDPOINTS)) {
            assertThat(used(subject)).hasSize(ENDPOINTS);
        }
    }

    @ParameterizedTest
    @MethodSource("counted")
    void aCallCounts(Competitor system) {
        try (Subject subject = system.factory().apply(2)) {
            Object call = subject.begin();
            assertThat(Collections.max(picks(subject).values())).isGreaterThan(PICKS * 3 / 5);
            subject.end(call);
        }
    }

    /** Those that go by latency too prefer one of the two afterwards. */
    @ParameterizedTest
    @ValueSource(strings = {"grpc-lr2", "grpc-with-lc", "vertx-p2c", "stork-p2c", "finagle-p2c", "finagle-heap"})
    void aCallCountsNoMoreWhenItEnded(String name) {
        try (Subject subject = Subjects.load().find(name).factory().apply(2)) {
            for (int i = 0; i < PICKS; i++) {
                subject.end(subject.begin());
            }
            assertThat(Collections.max(picks(subject).values())).isLessThan(PICKS * 3 / 5);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"vertx-lr", "stork-lr"})
    void theFirstIsChosenAgainWhenItsCallEnded(String name) {
        try (Subject subject = Subjects.load().find(name).factory().apply(2)) {
            Object first = subject.pick();
            Object call = subject.begin();
            assertThat(picks(subject)).doesNotContainKey(first);
            subject.end(call);
            assertThat(picks(subject)).containsOnlyKeys(first);
        }
    }

    private static Map<Object, Integer> picks(Subject subject) {
        Map<Object, Integer> picks = new HashMap<>();
        for (int i = 0; i < PICKS; i++) {
            picks.merge(subject.pick(), 1, Integer::sum);
        }
        return picks;
    }

    @ParameterizedTest
    @MethodSource("unhurried")
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

    /** What is picked while some calls are in flight: with none, some choose the first endpoint each time. */
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

    @Test
    void theBenchmarksFindThem() {
        assertThat(Subjects.load().all()).extracting(Competitor::name).contains("grpc-rr", "stork-lrt");
    }
}
