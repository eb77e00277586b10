package io.serviceresolver.apiserver;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Texts at random that are selectors, and texts that nearly are. */
final class RandomTexts {

    private static final List<String> PIECES = List.of(
            " ", "\t", "\n", "=", "==", "!", "!=", "<", ">", "(", ")", ",", "in", " in ", "notin", " notin ", " in (",
            "a", "app", "x/y", "1", "20", "-", "A/b", ")", ",", "=1", "(a", "\u00a0", "\u00e9", "'", "\\", ";", "&",
            "%20", "+", "#");

    private final RandomObjects random;

    RandomTexts(RandomObjects random) {
        this.random = random;
    }

    /** One to three requirements on labels that Pods have, or on one that none has. */
    String selector() {
        return IntStream.rangeClosed(0, random.below(3))
                .mapToObj(i -> blank() + requirement() + blank())
                .collect(Collectors.joining(","));
    }

    private String requirement() {
        String key = random.oneIn(12) ? "unknown" : random.of(random.keys());
        String equality = blank() + random.of(List.of("=", "==", "!=", "!=")) + blank();
        return switch (random.below(7)) {
            case 0 -> key;
            case 1 -> "!" + blank() + key;
            case 2 -> key + " in " + values(key);
            case 3, 4 -> key + " notin" + blank() + values(key);
            case 5 -> key + equality + random.value(key);
            default -> "build" + blank() + random.of(List.of("<", ">")) + blank() + random.of(List.of("6", "7", "010"));
        };
    }

    private String values(String key) {
        List<String> values = new ArrayList<>();
        for (int i = random.below(4); i >= 0; i--) {
            values.add(blank() + random.value(key) + blank());
        }
        return "(" + String.join(",", values) + ")";
    }

    private String blank() {
        return random.of(List.of("", "", "", " ", "\t ", "\r\n"));
    }

    /** A few pieces of the grammar in a row: rarely a selector, often nearly one. */
    String soup() {
        return IntStream.rangeClosed(0, random.below(8))
                .mapToObj(i -> random.of(PIECES))
                .collect(Collectors.joining());
    }

    /** A selector with a piece put in or characters cut out somewhere. */
    String damaged() {
        String text = selector();
        int from = random.below(text.length());
        int to = random.oneIn(2) ? from : Math.min(text.length(), from + 1 + random.below(3));
        return text.substring(0, from) + (random.oneIn(3) ? "" : random.of(PIECES)) + text.substring(to);
    }
}
