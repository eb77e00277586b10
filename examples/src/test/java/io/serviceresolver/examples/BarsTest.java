package io.serviceresolver.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BarsTest {

    private static final Bars ASCII = Bars.in(US_ASCII);

    @Test
    void theGreatestNumberHasTheLongestBarAndTheOthersTheirShareOfIt() {
        assertThat(ASCII.of(new TreeMap<>(Map.of("skippy-a", 300L, "skippy-b", 100L))))
                .containsExactly(
                        "  skippy-a  " + "#".repeat(40) + "     300   75.0 %",
                        "  skippy-b  " + "#".repeat(13) + " ".repeat(27) + "     100   25.0 %");
    }

    @Test
    void nothingHasNoBarAndTheLeastSomethingHasOne() {
        assertThat(ASCII.of(new TreeMap<>(Map.of("a", 0L, "b", 1L, "c", 1000L))))
                .extracting(line -> line.chars().filter(c -> c == '#').count())
                .containsExactly(0L, 1L, 40L);
    }

    @Test
    void noNumbersAreNoLinesAndOnlyZerosAreLinesWithoutBars() {
        assertThat(ASCII.of(Map.of())).isEmpty();
        assertThat(ASCII.of(Map.of("a", 0L))).containsExactly("  a  " + " ".repeat(40) + "       0    0.0 %");
    }

    @Test
    void aGaugeIsFilledAsFarAsThePartIsOfTheWhole() {
        assertThat(ASCII.gauge(1, 4, 8)).isEqualTo("##......");
        assertThat(ASCII.gauge(0, 4, 8)).isEqualTo("........");
        assertThat(ASCII.gauge(4, 4, 8)).isEqualTo("########");
        assertThat(ASCII.gauge(0, 0, 8)).isEqualTo("........");
    }

    @Test
    void barsAreBlocksWhereTheCharacterSetHasThem() {
        assertThat(Bars.in(UTF_8).gauge(1, 2, 4)).isEqualTo("\u2588\u2588\u2591\u2591");
    }
}
