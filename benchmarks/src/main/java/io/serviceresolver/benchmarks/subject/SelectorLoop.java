package io.serviceresolver.benchmarks.subject;

import io.serviceresolver.selector.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** All selectors, one after the other. One thread. */
final class SelectorLoop implements Subject {

    private final List<LabelSelector> selectors;
    private final List<Map<String, String>> labels;
    private final List<List<Integer>> matching = new ArrayList<>();
    private int next;

    SelectorLoop(int count) {
        selectors = Labels.selectors(count);
        labels = IntStream.rangeClosed(0, Labels.OBJECTS)
                .mapToObj(pod -> Labels.of(pod, count))
                .toList();
        for (int i = 0; i < Labels.OBJECTS; i++) {
            matching.add(List.of());
        }
    }

    @Override
    public Object pick() {
        return match(labels.get(next++ % Labels.OBJECTS));
    }

    private List<Integer> match(Map<String, String> pod) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < selectors.size(); i++) {
            if (selectors.get(i).matches(pod)) {
                found.add(i);
            }
        }
        return found;
    }

    @Override
    public void update() {
        int object = next % Labels.OBJECTS;
        int shift = next++ / Labels.OBJECTS % 2;
        matching.set(object, match(labels.get(object + 1 - shift)));
    }
}
