package io.serviceresolver.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.benchmarks.subject.Activity;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

    @Test
    void everythingIsMeasuredByDefault() {
        assertThat(Arguments.parse().activities()).containsExactly(Activity.values());
        assertThat(Arguments.parse().systems().matcher("any").matches()).isTrue();
    }

    @Test
    void whatIsMeasuredCanBeChosen() {
        Arguments chosen = Arguments.parse("--what", "pick,heap", "--sizes", "10,1000", "--millis", "200");
        assertThat(chosen.activities()).containsExactly(Activity.PICK, Activity.HEAP);
        assertThat(chosen.sizes()).containsExactly(10, 1_000);
        assertThat(chosen.millis()).isEqualTo(200);
    }

    @Test
    void whatIsNotUnderstoodIsAnsweredByWhatThereIs() {
        assertThatThrownBy(() -> Arguments.parse("--sizes"))
                .hasMessageStartingWith("argument: --sizes (expected:\n--out DIRECTORY");
        assertThatThrownBy(() -> Arguments.parse("--seconds", "3")).hasMessageStartingWith("argument: --seconds");
        assertThatThrownBy(() -> Arguments.parse("--what", "sleep"))
                .hasMessage(
                        "what: sleep (expected: some of pick, call, busy, during, update, heap, services, rest, match, relabel)");
    }
}
