package io.serviceresolver.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The whole demo with small numbers. */
class DemoTest {

    private static final DemoSettings SMALL = new DemoSettings(
            3,
            new Pace(200, 32),
            60,
            Duration.ofMillis(1),
            Duration.ofMillis(50),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1));

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(printed, true, UTF_8), UTF_8);

    @Test
    void endsWithNoCallFailedWherePodsHaveAddressesOfTheirOwn() {
        assertFlawless(Demo.play(console, SMALL, PodAddresses.ofThisMachine()));
    }

    @Test
    void endsWithNoCallFailedWherePodsHavePortsOfTheirOwn() {
        assertFlawless(Demo.play(console, SMALL, PodAddresses.onePerPort()));
    }

    private void assertFlawless(int code) {
        String output = printed.toString(UTF_8);
        assertThat(output.lines().reduce("", (before, line) -> line))
                .as(output)
                .matches("demo: [1-9][0-9]+ calls, 0 failed, 6 pods, rolling update 0 failed");
        assertThat(code).isZero();
        assertThat(output)
                .contains("skippy-headless  selector app=skippy matches 3 Pods")
                .contains("the resolver is LIVE from watch, 3 of 3 endpoints ready")
                .contains("rolling update: 3 Pods replaced")
                .contains("source watch: ")
                .contains("serving its last set of 3")
                .contains("the resolver is FALLBACK from dns, 3 of 3 endpoints ready")
                .contains("the resolver is FALLBACK from environment, 1 of 1 endpoints ready")
                .containsSubsequence(
                        "The API server starts again",
                        "the resolver is LIVE from watch, 3 of 3 endpoints ready",
                        "15 calls, 0 failed, answered by 3 Pods");
    }
}
