package io.serviceresolver.selector;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Selectors, labels and texts at random, of so few keys and values that they often meet. */
final class RandomSelectors {

    static final List<String> KEYS = List.of("a", "b", "in", "notin", "x.y/a", "B");
    static final List<String> VALUES = List.of("", "1", "2", "3", "10", "07", "x", "in", "notin");

    private static final List<String> PIECES = List.of(
            " ", "\t", "\n", "=", "==", "!", "!=", "<", ">", "(", ")", ",", "in", " in ", "notin", " notin ", " in (",
            "a", "b", "x/y", "1", "20", "-", "A/b", ")", ",", "=1", "(a", "\u0000", "\u00a0");

    private final SplittableRandom random;

    RandomSelectors(long seed) {
        random = new SplittableRandom(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    <E> E of(List<E> list) {
        return list.get(random.nextInt(list.size()));
    }

    Requirement requirement() {
        String key = of(KEYS);
        Operator operator = of(List.of(Operator.values()));
        return switch (operator) {
            case EXISTS, DOES_NOT_EXIST -> new Requirement(key, operator, List.of());
            case IN, NOT_IN ->
                new Requirement(
                        key,
                        operator,
                        IntStream.rangeClosed(0, below(4))
                                .mapToObj(i -> of(VALUES))
                                .toList());
            case EQUALS, DOUBLE_EQUALS, NOT_EQUALS -> new Requirement(key, operator, List.of(of(VALUES)));
            case GREATER_THAN, LESS_THAN -> new Requirement(key, operator, List.of(Integer.toString(below(12))));
        };
    }

    LabelSelector selector() {
        if (below(20) == 0) {
            return LabelSelector.nothing();
        }
        return LabelSelector.of(
                IntStream.range(0, below(4)).mapToObj(i -> requirement()).toList());
    }

    Map<String, String> labels() {
        Map<String, String> labels = new HashMap<>();
        for (String key : KEYS) {
            if (below(2) == 0) {
                labels.put(key, of(VALUES));
            }
        }
        return labels;
    }

    /** The selector in the string form, with blanks, repetitions and the order of values at random. */
    String written(LabelSelector selector) {
        List<String> parts = new ArrayList<>();
        for (Requirement requirement : selector.requirements()) {
            String key = requirement.key();
            String symbol = requirement.operator().symbol();
            parts.add(
                    switch (requirement.operator()) {
                        case EXISTS -> blank() + key + blank();
                        case DOES_NOT_EXIST -> blank() + "!" + blank() + key + blank();
                        case IN, NOT_IN ->
                            blank() + key + blank() + " " + symbol + blank() + "(" + list(requirement) + ")";
                        default ->
                            key
                                    + blank()
                                    + symbol
                                    + blank()
                                    + requirement.values().get(0)
                                    + blank();
                    });
        }
        return String.join(",", parts);
    }

    private String list(Requirement requirement) {
        List<String> values = new ArrayList<>(requirement.values());
        if (below(2) == 0) {
            values.add(of(requirement.values()));
        }
        for (int i = values.size() - 1; i > 0; i--) {
            int other = below(i + 1);
            String value = values.set(i, values.get(other));
            values.set(other, value);
        }
        return String.join(
                ",", values.stream().map(value -> blank() + value + blank()).toList());
    }

    private String blank() {
        return of(List.of("", "", " ", "\t ", "\r\n"));
    }

    /** A few pieces of the grammar in a row: rarely a selector, often nearly one. */
    String soup() {
        StringBuilder text = new StringBuilder();
        for (int i = 1 + below(9); i > 0; i--) {
            text.append(of(PIECES));
        }
        return text.toString();
    }
}
