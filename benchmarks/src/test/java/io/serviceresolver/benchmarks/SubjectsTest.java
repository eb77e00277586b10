package io.serviceresolver.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is measured does what it is measured for. */
class SubjectsTest {

    private static final int ENDPOINTS = 10;

    static Stream<String> systems() {
        return Subjects.names().stream();
    }

    @ParameterizedTest
    @MethodSource("systems")
    void everySystemUsesAllOfItsEndpoints(String system) {
        try (Subject subject = Subjects.make(system, ENDPOINTS)) {
            CallsInFlight calls = new CallsInFlight();
            Set<Object> used = new HashSet<>();
            for (int i = 0; i < 1_000; i++) {
                used.add(subject.pick());
            }
            for (int i = 0; i < 1_000; i++) {
                assertThat(calls.next(subject)).isNotNull();
            }
            assertThat(used).hasSize(ENDPOINTS);
        }
    }

    @Test
    void anUpdateReplacesOneEndpoint() {
        try (Subject subject = Subjects.make("rr", ENDPOINTS)) {
            Set<Object> used = new HashSet<>();
            for (int update = 0; update < 3; update++) {
                for (int i = 0; i < ENDPOINTS; i++) {
                    used.add(subject.pick());
                }
                assertThat(used).hasSize(ENDPOINTS + update);
                subject.update();
            }
        }
    }

    @Test
    void aTableHasALineForEachResult() {
        Table table = new Table(List.of(new Result("pick", "rr", 10, 1, 5.25, 6, 0)));
        assertThat(table.csv()).contains("pick,rr,10,1,5.25,6.00,0.00");
        assertThat(table.text().lines()).hasSize(2);
    }
}
