package io.serviceresolver.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LoadNoticesTest {

    private final LoadNotices notices = new LoadNotices();

    private List<Integer> settled() {
        List<Integer> settled = new ArrayList<>();
        notices.settle(settled::add);
        return settled;
    }

    @Test
    void tellsEachOnceTheLastFirst() {
        notices.add(0);
        notices.add(15);
        notices.add(16);
        notices.add(0);
        assertThat(notices.isNoted(0)).isTrue();
        assertThat(notices.isNoted(1)).isFalse();
        assertThat(notices.isNoted(47)).isFalse();
        assertThat(settled()).containsExactly(16, 15, 0);
        assertThat(notices.isNoted(0)).isFalse();
        assertThat(settled()).isEmpty();
    }

    @Test
    void notesAnewWhatChangesWhileItIsFollowed() {
        notices.add(3);
        notices.settle(index -> notices.add(index));
        assertThat(settled()).containsExactly(3);
    }

    @Test
    void tellsAllThatWereNotedWhateverTheirIndex() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 1_000; round++) {
            TreeSet<Integer> noted = new TreeSet<>();
            for (int i = random.nextInt(50); i > 0; i--) {
                int index = random.nextInt(1 << random.nextInt(1, 22));
                notices.add(index);
                noted.add(index);
            }
            assertThat(settled()).containsExactlyInAnyOrderElementsOf(noted);
        }
    }
}
