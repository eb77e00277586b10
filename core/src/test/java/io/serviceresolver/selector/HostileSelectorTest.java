package io.serviceresolver.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.serviceresolver.text.Printable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Text that was written to do harm. */
class HostileSelectorTest {

    /** Of one error message: what is shown of the text twice over, escaped, and the fixed words. */
    private static final int MAX_MESSAGE = 2 * 6 * 200 + 500;

    @Test
    void textThatIsTooLongIsRefusedWhateverItSays() {
        String tooLong = "a,".repeat(LabelSelector.MAX_LENGTH / 2) + "a";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelSelector.parse(tooLong))
                .withMessage("selector: " + "a,".repeat(100)
                        + "... (65537 characters) (expected: at most 65536 characters)");
        assertThatIllegalArgumentException().isThrownBy(() -> LabelSelector.parse(" ".repeat(1_000_000)));
    }

    @Test
    void textOfTheGreatestLengthIsRead() {
        int requirements = LabelSelector.MAX_LENGTH / 2;
        LabelSelector wide = LabelSelector.parse("a,".repeat(requirements - 1) + "aa");
        LabelSelector deep = LabelSelector.parse("k in (" + ",".repeat(LabelSelector.MAX_LENGTH - 7) + ")");

        assertThat(wide.requirements()).hasSize(requirements);
        assertThat(wide.and(wide)).isEqualTo(wide);
        assertThat(deep).hasToString("k in ()");
    }

    static Stream<String> repeated() {
        return Stream.of(
                "(",
                ")",
                "!",
                "=",
                ">",
                ",",
                "a in (",
                "a in ((",
                "!a=",
                "a=b=",
                "in ",
                "notin",
                "a ",
                "\u0000",
                "\u00e9",
                "\ud83d\ude00",
                "\ud800",
                "%00",
                "\\",
                "a.",
                "a/",
                "-",
                "(a)",
                "a!",
                "x in (a b");
    }

    @ParameterizedTest
    @MethodSource("repeated")
    void anyLengthOfAnythingIsRefusedWithAShortMessageAndLittleStack(String unit) throws Exception {
        String text = unit.repeat(LabelSelector.MAX_LENGTH / unit.length());
        CompletableFuture<String> message = new CompletableFuture<>();
        Runnable parse = () -> {
            try {
                message.complete("read: " + LabelSelector.parse(text));
            } catch (IllegalArgumentException error) {
                message.complete(error.getMessage());
            } catch (Throwable error) {
                message.completeExceptionally(error);
            }
        };
        Thread small = new Thread(null, parse, "small-stack", 192 * 1024);
        small.start();

        assertThat(message.get(30, TimeUnit.SECONDS))
                .matches("(selector|label key|value of label [a-z]): [ -~]*")
                .hasSizeLessThan(MAX_MESSAGE);
        small.join();
    }

    @Test
    void nulIsNeverTakenForTheEnd() {
        for (String text : new String[] {
            "a\u0000", "a=b\u0000,c=d", "\u0000", "a=b \u0000", "a \u0000in (b)", "a in (b\u0000)", "a\u0000=b"
        }) {
            assertThatIllegalArgumentException()
                    .as(Printable.of(text))
                    .isThrownBy(() -> LabelSelector.parse(text))
                    .withMessageContaining("\\u0000");
        }
    }

    @Test
    void whatIsNotPrintableIsEscapedInMessages() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelSelector.parse("a in (b\r\nFAKE LOG LINE\u001b[31m\u202e)"))
                .withMessage("selector: a in (b\\u000d\\u000aFAKE LOG LINE\\u001b[31m\\u202e)"
                        + " (expected: ',' or ')' at index 9, not 'FAKE')");
    }
}
