package io.serviceresolver.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What two arrays share, and what of one can be taken over for the other. */
class SpanTest {

    /** Candidates, where their indexes say. */
    private @Nullable Candidate[] byIndex = {};

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

    @Test
    @SuppressWarnings("NullAway") // It takes what may be null there for what may not.
    void whatIsFoundByIndexIsThatOfTheCandidatesNow() {
        Random random = new Random(20261130);
        FakeService service = new FakeService();
        Candidate[] before = {};
        for (int step = 0; step < 5_000; step++) {
            Candidate[] now = next(before, service, random);
            Span span = Span.between(before, now);
            List<@Nullable Candidate> was = Arrays.asList(byIndex);
            List<@Nullable Candidate> wasThen = Arrays.asList(byIndex.clone());
            byIndex = span.place(byIndex, before, now, now);
            assertThat(was).as("others may read it still").isEqualTo(wasThen);
            for (Candidate candidate : now) {
                assertThat(byIndex[candidate.index()]).isSameAs(candidate);
            }
            assertThat(Arrays.asList(byIndex)).filteredOn(Objects::nonNull).hasSize(now.length);
            before = now;
        }
    }

    /** Some stay, in another order perhaps, and some come: with indexes that are free, or were that of one that left. */
    private static Candidate[] next(Candidate[] before, FakeService service, Random random) {
        List<Candidate> next = new ArrayList<>();
        for (Candidate one : before) {
            if (random.nextInt(4) > 0) {
                next.add(one);
            }
        }
        for (int coming = random.nextInt(3); coming > 0; coming--) {
            int index = 0;
            while (isTaken(next, index)) {
                index++;
            }
            next.add(random.nextInt(next.size() + 1), service.candidate(index));
        }
        if (random.nextInt(4) == 0) {
            Collections.shuffle(next, random);
        }
        return next.toArray(new Candidate[0]);
    }

    private static boolean isTaken(List<Candidate> by, int index) {
        return by.stream().anyMatch(one -> one.index() == index);
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
