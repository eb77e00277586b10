package io.serviceresolver.selector;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.text.Printable;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds for any selector, tried on many. */
class SelectorPropertyTest {

    private static final long SEED = 20_261_121;
    private static final int ROUNDS = 20_000;

    @Test
    void whatIsPrintedReadsAsTheSameSelector() {
        RandomSelectors random = new RandomSelectors(SEED);
        for (int i = 0; i < ROUNDS; i++) {
            LabelSelector selector = random.selector();
            if (!selector.isNothing()) {
                LabelSelector read = LabelSelector.parse(selector.toString());

                assertThat(read).as("seed %s, round %s", SEED, i).isEqualTo(selector);
                assertThat(read).hasSameHashCodeAs(selector).hasToString(selector.toString());
            }
        }
    }

    @Test
    void blanksRepetitionsAndTheOrderOfValuesDoNotMatter() {
        RandomSelectors random = new RandomSelectors(SEED);
        for (int i = 0; i < ROUNDS; i++) {
            LabelSelector selector = random.selector();
            if (!selector.isNothing()) {
                String text = random.written(selector);

                assertThat(LabelSelector.parse(text))
                        .as("seed %s, round %s: %s", SEED, i, text)
                        .isEqualTo(selector);
            }
        }
    }

    @Test
    void selectorsMatchWhatTheReferenceMatches() {
        RandomSelectors random = new RandomSelectors(SEED);
        int matches = 0;
        for (int i = 0; i < ROUNDS; i++) {
            LabelSelector selector = random.selector();
            if (!selector.isNothing()) {
                ReferenceSelector reference = new ReferenceSelector(selector.toString());
                Map<String, String> labels = random.labels();
                boolean expected = reference.matches(labels);
                matches += expected ? 1 : 0;

                assertThat(selector.matches(labels))
                        .as("seed %s, round %s: %s on %s", SEED, i, selector, labels)
                        .isEqualTo(expected);
            }
        }
        assertThat(matches).isBetween(ROUNDS / 5, ROUNDS * 4 / 5);
    }

    @Test
    void anyTextIsReadOrRefusedAsTheReferenceDoes() {
        RandomSelectors random = new RandomSelectors(SEED);
        int valid = 0;
        for (int i = 0; i < 5 * ROUNDS; i++) {
            String text = random.soup();
            ReferenceSelector reference = new ReferenceSelector(text);
            String outcome = outcome(text);
            valid += reference.isValid() ? 1 : 0;

            assertThat(outcome.startsWith("read"))
                    .as("seed %s, round %s: [%s] is %s", SEED, i, Printable.of(text), outcome)
                    .isEqualTo(reference.isValid());
            if (reference.isValid()) {
                Map<String, String> labels = random.labels();
                assertThat(LabelSelector.parse(text).matches(labels))
                        .as("seed %s, round %s: [%s] on %s", SEED, i, text, labels)
                        .isEqualTo(reference.matches(labels));
            }
        }
        assertThat(valid).isGreaterThan(ROUNDS / 5);
    }

    private static String outcome(String text) {
        try {
            return "read as " + LabelSelector.parse(text);
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageMatching("[^:]+: [ -~]* \\(expected: [ -~]+\\)");
            return "refused: " + refused.getMessage();
        }
    }

    @Test
    void andMatchesWhereBothMatch() {
        RandomSelectors random = new RandomSelectors(SEED);
        for (int i = 0; i < ROUNDS; i++) {
            LabelSelector one = random.selector();
            LabelSelector other = random.selector();
            Map<String, String> labels = random.labels();

            assertThat(one.and(other).matches(labels))
                    .as("seed %s, round %s: %s and %s on %s", SEED, i, one, other, labels)
                    .isEqualTo(one.matches(labels) && other.matches(labels));
        }
    }
}
