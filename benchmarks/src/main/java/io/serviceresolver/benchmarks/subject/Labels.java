package io.serviceresolver.benchmarks.subject;

import io.serviceresolver.selector.LabelSelector;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A namespace as clusters have them: each application has a selector of two labels, which its own Pods match and no others,
 * and every tenth selector is one of sets as a user writes it.
 */
final class Labels {

    /** How many objects there are. */
    static final int OBJECTS = 1_000;

    private Labels() {}

    static List<LabelSelector> selectors(int count) {
        return IntStream.range(0, count).mapToObj(Labels::selector).toList();
    }

    private static LabelSelector selector(int number) {
        return number % 10 == 9
                ? LabelSelector.parse("app in (app-" + number + ",app-" + (number - 1) + "),!canary,tier!=batch")
                : LabelSelector.ofLabels(Map.of("app", "app-" + number, "tier", "web"));
    }

    /** Labels of a Pod of one of the applications. */
    static Map<String, String> of(int pod, int applications) {
        return Map.of(
                "app", "app-" + pod % applications,
                "tier", "web",
                "version", "v" + pod % 3,
                "pod-template-hash", "7d9c6b5f4",
                "team", "team-" + pod % 17);
    }
}
