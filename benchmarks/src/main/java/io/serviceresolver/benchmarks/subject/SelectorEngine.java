package io.serviceresolver.benchmarks.subject;

import io.serviceresolver.selector.LabelSelector;
import io.serviceresolver.selector.SelectorIndex;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The index of selectors. One thread. */
final class SelectorEngine implements Subject {

    private final SelectorIndex<Integer, Integer> index = new SelectorIndex<>();
    private final List<Map<String, String>> labels;
    private int next;

    SelectorEngine(int count) {
        List<LabelSelector> selectors = Labels.selectors(count);
        for (int i = 0; i < count; i++) {
            index.putSelector(i, selectors.get(i));
        }
        labels = IntStream.rangeClosed(0, Labels.OBJECTS)
                .mapToObj(pod -> Labels.of(pod, count))
                .toList();
        for (int i = 0; i < Labels.OBJECTS; i++) {
            index.putObject(i, labels.get(i));
        }
    }

    @Override
    public Object pick() {
        return index.selectorsMatching(labels.get(next++ % Labels.OBJECTS));
    }

    @Override
    public void update() {
        int object = next % Labels.OBJECTS;
        // In the first round each object becomes what the next one was, in the second it becomes again what it was
        // itself.
        int shift = next++ / Labels.OBJECTS % 2;
        index.putObject(object, labels.get(object + 1 - shift));
    }
}
