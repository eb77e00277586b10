package io.serviceresolver.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class TotalsTest {

    private final Totals totals = new Totals();

    @Test
    void sumsUpAllScenesAndTellsTheRollingUpdateApart() {
        totals.add(report("a", 3, 1));
        totals.addRollingUpdate(report("b", 5, 2));
        totals.add(report("a", 1, 0));
        assertThat(totals.summary()).isEqualTo("demo: 12 calls, 3 failed, 2 pods, rolling update 2 failed");
        assertThat(totals.isFlawless()).isFalse();
    }

    @Test
    void isFlawlessWithoutAFailedCall() {
        totals.addRollingUpdate(report("a", 3, 0));
        assertThat(totals.isFlawless()).isTrue();
    }

    @Test
    void saysWhyCallsFailed() {
        totals.add(report("a", 0, 2));
        totals.add(report("a", 0, 1));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        totals.explain(new Console(new PrintStream(printed, true, UTF_8), UTF_8));
        assertThat(printed.toString(UTF_8)).isEqualToNormalizingNewlines("failed 3 times: reset\n");
    }

    @Test
    void percentilesAreThoseOfTheAnswers() {
        Tally tally = new Tally();
        for (int i = 2000; i > 0; i--) {
            tally.answered("a", i * 1_000_000L);
        }
        assertThat(tally.report().p50Millis()).isEqualTo(1000);
        assertThat(tally.report().p99Millis()).isEqualTo(1980);
        assertThat(new Tally().report().p99Millis()).isZero();
    }

    private static LoadReport report(String pod, int answered, int failed) {
        Tally tally = new Tally();
        for (int i = 0; i < answered; i++) {
            tally.answered(pod, 1);
        }
        for (int i = 0; i < failed; i++) {
            tally.failed("reset");
        }
        return tally.report();
    }
}
