package io.serviceresolver.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What two arrays share, and what of one can be taken over for the other. */
class SpanTest {

    @Test
    void liesBetweenWhatIsTheSameFromTheBeginningAndFromTheEnd() {
        assertThat(between("", "")).isEqualTo(new Span(0, 0, 0));
        assertThat(between("abc", "abc")).isEqualTo(new Span(3, 3, 3));
        assertThat(between("abc", "axc")).isEqualTo(new Span(1, 2, 2));
        assertThat(between("abc", "ac")).isEqualTo(new Span(1, 2, 1));
        assertThat(between("ac", "abc")).isEqualTo(new Span(1, 1, 2));
        assertThat(between("abc", "")).isEqualTo(new Span(0, 3, 0));
        assertThat(between("abc", "cab")).isEqualTo(new Span(0, 3, 3));
        assertThat(between("aa", "a")).isEqualTo(new Span(1, 2, 1));
    }

    @Test
    void aroundItOneArrayIsTheOther() {
        Random random = new Random(20261129);
        for (int step = 0; step < 20_000; step++) {
            Integer[] before = letters(random);
            Integer[] now = letters(random);
            Span span = Span.between(before, now);
            Integer[] made = span.copyAround(before, new Integer[now.length]);
            System.arraycopy(now, span.start(), made, span.start(), span.end() - span.start());
            assertThat(made)
                    .as("%s, %s", Arrays.toString(before), Arrays.toString(now))
                    .containsExactly(now);
        }
    }

    private static Integer[] letters(Random random) {
        return IntStream.range(0, random.nextInt(6))
                .map(i -> random.nextInt(3))
                .boxed()
                .toArray(Integer[]::new);
    }

    private static Span between(String before, String now) {
        return Span.between(letters(before), letters(now));
    }

    private static Character[] letters(String text) {
        return text.chars().mapToObj(letter -> (char) letter).toArray(Character[]::new);
    }
}
