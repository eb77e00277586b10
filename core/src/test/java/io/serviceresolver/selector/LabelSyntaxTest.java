package io.serviceresolver.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.serviceresolver.text.Printable;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a label key, a label value and an integer. */
class LabelSyntaxTest {

    private static final String NAME =
            "1 to 63 of A-Z, a-z, 0-9, '-', '_' and '.', the first and the last a letter or digit";

    static Stream<String> validKeys() {
        return Stream.of(
                "a",
                "Z",
                "0",
                "a-b",
                "a_b",
                "a.b",
                "a--b..c__d",
                "A1",
                "in",
                "x".repeat(63),
                "a/b",
                "a-b/c",
                "a.b-c.d/e",
                "1.2.3/4",
                "a--b/c",
                "a.b/C_d",
                "p".repeat(253) + "/" + "n".repeat(63),
                "a.".repeat(126) + "a/b");
    }

    @ParameterizedTest
    @MethodSource("validKeys")
    void keysAreNamesWithAnOptionalSubdomainBefore(String key) {
        assertThatCode(() -> LabelSyntax.requireKey(key)).doesNotThrowAnyException();
        assertThat(LabelSelector.parse(key)).hasToString(key);
    }

    static Stream<String> invalidKeys() {
        return Stream.of(
                "",
                "-a",
                "a-",
                ".a",
                "a.",
                "_a",
                "a_",
                "a b",
                "a%",
                "a^b",
                "a~",
                "a:b",
                "a\\b",
                "\u00e9",
                "a\u0661b",
                "a\u0000",
                "\ud83d\ude00",
                "x".repeat(64),
                "/",
                "/a",
                "a/",
                "a//b",
                "a/b/c",
                "A/b",
                "a.B/c",
                "a_b/c",
                "-a/b",
                "a-/b",
                "a.-b/c",
                "a-.b/c",
                ".a/b",
                "a./b",
                "a..b/c",
                "\u00e9/a",
                "a/-b",
                "a/b-",
                "a/" + "n".repeat(64),
                "p".repeat(254) + "/a",
                "a.".repeat(127) + "/b",
                "a\n",
                "\na",
                "a/b\n",
                "a\n/b");
    }

    @ParameterizedTest
    @MethodSource("invalidKeys")
    void anythingElseIsNoKey(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelSyntax.requireKey(key))
                .withMessage("label key: " + Printable.value(key) + " (expected: " + NAME
                        + "; before it, if wished, a lower-case DNS subdomain of at most 253 and '/')");
        for (Operator operator : Operator.values()) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Requirement(key, operator, List.of("1")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "Z", "0", "a-b", "a_b.c", "A--z", "123", "notin"})
    void valuesAreNamesOrEmpty(String value) {
        assertThatCode(() -> LabelSyntax.requireValue("k", value)).doesNotThrowAnyException();
    }

    static Stream<String> invalidValues() {
        return Stream.of(
                "-a",
                "a-",
                ".a",
                "a.",
                "_",
                "-",
                ".",
                "a b",
                " ",
                "a/b",
                "a%",
                "a=",
                "a:b",
                "a\\b",
                "sk\u012bppy",
                "\u0661",
                "a\u0000b",
                "a\n",
                "\ud800",
                "x".repeat(64),
                "x".repeat(63) + "\u00e9");
    }

    @ParameterizedTest
    @MethodSource("invalidValues")
    void anythingElseIsNoValue(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelSyntax.requireValue("k", value))
                .withMessage("value of label k: " + Printable.value(value) + " (expected: empty, or " + NAME + ")");
        for (Operator operator : List.of(Operator.IN, Operator.NOT_IN)) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Requirement("k", operator, List.of("a", value)));
        }
        for (Operator operator : List.of(Operator.EQUALS, Operator.DOUBLE_EQUALS, Operator.NOT_EQUALS)) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Requirement("k", operator, List.of(value)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {62, 63})
    void sixtyThreeCharactersAreTheMostOfAValue(int length) {
        assertThatCode(() -> LabelSyntax.requireValue("k", "v".repeat(length))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "+0",
                "7",
                "+7",
                "-7",
                "007",
                "-007",
                "999999999999999999",
                "1000000000000000000",
                "9223372036854775806",
                "9223372036854775807",
                "+9223372036854775807",
                "-9223372036854775807",
                "-9223372036854775808",
                "00000000000000000000000000000001"
            })
    void integersHaveSixtyFourBitsAndPerhapsASign(String text) {
        assertThat(LabelSyntax.isInt64(text)).isTrue();
        assertThatCode(() -> Long.parseLong(text)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "-",
                "--1",
                "+-1",
                "1-",
                "1+",
                " 1",
                "1 ",
                "1.0",
                "1e3",
                "0x1",
                "1_000",
                "v2",
                "a",
                "\u0661\u0662",
                "\uff11",
                "9223372036854775808",
                "+9223372036854775808",
                "-9223372036854775809",
                "9300000000000000000",
                "10000000000000000000",
                "99999999999999999999999999999999"
            })
    void anythingElseIsNoInteger(String text) {
        assertThat(LabelSyntax.isInt64(text)).isFalse();
    }
}
