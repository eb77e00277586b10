package io.serviceresolver.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.serviceresolver.text.Printable;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostileNamesTest {

    private static final String ALPHABET =
            "abzABZ019-_.:%/@[]\\#?=& \t\r\n\u0000\u007f\u00e9\u0130\u200b\uff0e\u3002\u2024\ud83d\ude00";

    private final ClusterContext context = new ClusterContext("shield", "cluster.local");

    static Stream<String> hostile() {
        return Stream.of(
                "evil.com",
                "a.b.c.svc",
                "../x",
                "x/../../y",
                "a%00b",
                "a\r\nHost:b",
                "@169.254.169.254",
                "[::1]",
                "0x7f.1",
                "2130706433",
                "SKIPPY",
                "ski\u200bppy",
                "xn--",
                "skippy\uff0eshield",
                "a".repeat(64),
                "a".repeat(254),
                "a.".repeat(126) + "aa",
                "",
                ".",
                "skippy.",
                "skippy.shield.svc.cluster.local.",
                " ",
                "127.0.0.1",
                "::1",
                "skippy@evil.com",
                "skippy#x",
                "skippy?x",
                "skippy/x",
                "skippy\\x",
                "skippy\u0000",
                "skippy\n",
                "\nskippy",
                "sk\u0131ppy",
                "\u017fkippy",
                "http://skippy",
                "skippy:80@evil.com",
                "skippy:8\u0660",
                "\ud83d\ude00",
                "localhost.localdomain",
                "kubernetes.io/skippy",
                "*",
                "skippy,evil",
                "skippy=evil",
                "skippy in (a)",
                "$(id)",
                "${jndi:ldap://evil.com/a}",
                "\u001b[31mskippy");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void refusesEachAndEscapesItInTheMessage(String name) {
        assertThatThrownBy(() -> ServiceName.parse(name, context))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .matches("[ -~]*")
                .hasSizeLessThan(600);
    }

    @Test
    void showsInTheMessageWhatWasWrittenWithoutItsControlCharacters() {
        assertThatThrownBy(() -> ServiceName.parse("a\r\nHost:b", context))
                .hasMessageStartingWith("name: a\\u000d\\u000aHost:b (expected: ");
    }

    /** Whatever is accepted is made of safe labels, and nothing but an IllegalArgumentException is ever thrown. */
    @Test
    void acceptsNothingButLabelsWhateverIsThrownAtIt() {
        long seed = 71;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 200_000; i++) {
            String text = mutated(random);
            Throwable thrown = catchThrowable(() -> {
                ServiceName name = ServiceName.parse(text, context);
                assertThat(name.toString())
                        .matches("[a-z][-a-z0-9]*\\.shield(:[-a-z0-9]+)?|[a-z][-a-z0-9]*\\.[-a-z0-9]+(:[-a-z0-9]+)?");
                assertThat(text).startsWith(name.service()).matches("[-a-z0-9.:]+");
            });
            if (thrown != null) {
                assertThat(thrown)
                        .as("seed %d, step %d, name %s", seed, i, Printable.of(text))
                        .isInstanceOf(IllegalArgumentException.class);
                assertThat(thrown.getMessage()).matches("[ -~]*");
            }
        }
    }

    private static String mutated(SplittableRandom random) {
        String base = hostile().skip(random.nextInt(20)).findFirst().orElseThrow();
        String start =
                random.nextBoolean() ? base : "skippy.shield.svc.cluster.local:http".substring(0, random.nextInt(37));
        String noise = random.ints(random.nextInt(4), 0, ALPHABET.length())
                .mapToObj(at -> String.valueOf(ALPHABET.charAt(at)))
                .collect(Collectors.joining());
        int at = random.nextInt(start.length() + 1);
        return start.substring(0, at) + noise + start.substring(at);
    }
}
