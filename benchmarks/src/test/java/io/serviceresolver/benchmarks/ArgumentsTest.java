package io.serviceresolver.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.benchmarks.subject.Activity;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

    @Test
    void everythingIsMeasuredByDefault() {
        assertThat(Arguments.parse(List.of()).activities()).containsExactly(Activity.values());
        assertThat(Arguments.parse(List.of()).systems().matcher("any").matches())
                .isTrue();
    }

    @Test
    void whatIsMeasuredCanBeChosen() {
        Arguments chosen = Arguments.parse(List.of("--what", "pick,heap", "--sizes", "10,1000", "--millis", "200"));
        assertThat(chosen.activities()).containsExactly(Activity.PICK, Activity.HEAP);
        assertThat(chosen.sizes()).containsExactly(10, 1_000);
        assertThat(chosen.millis()).isEqualTo(200);
    }

    @Test
    void whatIsNotUnderstoodIsAnsweredByWhatThereIs() {
        assertThatThrownBy(() -> Arguments.parse(List.of("--sizes")))
                .hasMessageStartingWith("argument: --sizes (expected:\n--with FILE");
        assertThatThrownBy(() -> Arguments.parse(List.of("--seconds", "3")))
                .hasMessageStartingWith("argument: --seconds");
        assertThatThrownBy(() -> Arguments.parse(List.of("--what", "sleep")))
                .hasMessage(
                        "what: sleep (expected: some of pick, call, busy, during, update, heap, services, rest, match, relabel)");
    }
}
