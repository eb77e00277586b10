package io.serviceresolver.selector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The index against brute force, over many random operations. */
class SelectorIndexPropertyTest {

    private static final int OPERATIONS = 60_000;
    private static final int SELECTORS = 25;
    private static final int OBJECTS = 40;

    private final SelectorIndex<Integer, Integer> index = new SelectorIndex<>();
    private final Map<Integer, LabelSelector> selectors = new HashMap<>();
    private final Map<Integer, Map<String, String>> objects = new HashMap<>();

    /** The memberships as a caller knows them who follows the changes. */
    private final Set<Membership<Integer, Integer>> followed = new HashSet<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void indexSaysWhatBruteForceSays(long seed) {
        RandomSelectors random = new RandomSelectors(seed);
        for (int i = 0; i < OPERATIONS; i++) {
            String where = "seed " + seed + ", operation " + i;
            follow(where, operation(random));
            if (i % 64 == 0) {
                checkAll(where);
            }
            checkOne(where, random);
        }
        removeAll(seed);
    }

    private MembershipChanges<Integer, Integer> operation(RandomSelectors random) {
        int selector = random.below(SELECTORS);
        int object = random.below(OBJECTS);
        return switch (random.below(8)) {
            case 0, 1, 2 -> {
                selectors.put(selector, random.selector());
                yield index.putSelector(selector, selectors.get(selector));
            }
            case 3 -> {
                selectors.remove(selector);
                yield index.removeSelector(selector);
            }
            case 4, 5, 6 -> {
                objects.put(object, random.labels());
                yield index.putObject(object, objects.get(object));
            }
            default -> {
                objects.remove(object);
                yield index.removeObject(object);
            }
        };
    }

    /** Nothing may be added that is there, or removed that is not. */
    private void follow(String where, MembershipChanges<Integer, Integer> changes) {
        for (Membership<Integer, Integer> removed : changes.removed()) {
            assertThat(followed.remove(removed))
                    .as("%s removes %s", where, removed)
                    .isTrue();
        }
        for (Membership<Integer, Integer> added : changes.added()) {
            assertThat(followed.add(added)).as("%s adds %s", where, added).isTrue();
        }
    }

    private void checkAll(String where) {
        Set<Membership<Integer, Integer>> expected = new HashSet<>();
        selectors.forEach((id, selector) -> objects.forEach((object, labels) -> {
            if (selector.matches(labels)) {
                expected.add(new Membership<>(id, object));
            }
        }));
        assertThat(followed).as(where).isEqualTo(expected);
    }

    private void checkOne(String where, RandomSelectors random) {
        int id = random.below(SELECTORS);
        LabelSelector selector = selectors.getOrDefault(id, LabelSelector.nothing());
        List<Integer> matching = objects.entrySet().stream()
                .filter(entry -> selector.matches(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        assertSame(where, index.objectsOf(id), matching);
        assertSame(where, index.objectsMatching(selector), matching);

        int object = random.below(OBJECTS);
        Map<String, String> labels = objects.get(object);
        List<Integer> matched = selectors.entrySet().stream()
                .filter(entry -> labels != null && entry.getValue().matches(labels))
                .map(Map.Entry::getKey)
                .toList();
        assertSame(where, index.selectorsOf(object), matched);
        if (labels != null) {
            assertSame(where, index.selectorsMatching(labels), matched);
        }
    }

    private static void assertSame(String where, List<Integer> actual, List<Integer> expected) {
        // The sizes tell if something is listed twice.
        if (actual.size() != expected.size() || !new HashSet<>(actual).equals(new HashSet<>(expected))) {
            assertThat(actual).as(where).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private void removeAll(long seed) {
        String where = "seed " + seed + ", at the end";
        for (int id = 0; id < SELECTORS; id++) {
            follow(where, index.removeSelector(id));
        }
        for (int object = 0; object < OBJECTS; object++) {
            follow(where, index.removeObject(object));
        }
        assertThat(followed).as(where).isEmpty();
        assertThat(index.isEmpty()).as(where).isTrue();
    }
}
