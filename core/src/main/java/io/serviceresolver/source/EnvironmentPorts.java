package io.serviceresolver.source;

import io.serviceresolver.endpoint.ServicePort;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The TCP ports of one Service by their numbers, with the names of each, if it has any. Filled by one thread. */
final class EnvironmentPorts {

    private static final Map<String, Integer> WELL_KNOWN = Map.of("http", 80, "ws", 80, "https", 443, "wss", 443);

    private final SortedMap<Integer, SortedSet<String>> names = new TreeMap<>();

    void add(int number) {
        names.computeIfAbsent(number, none -> new TreeSet<>());
    }

    void add(int number, String name) {
        names.computeIfAbsent(number, none -> new TreeSet<>()).add(name);
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    boolean contains(int number) {
        return names.containsKey(number);
    }

    /** The number of the port that is meant, if there is exactly one. */
    OptionalInt find(ServicePort wanted) {
        if (wanted instanceof ServicePort.Numbered numbered) {
            return contains(numbered.number()) ? OptionalInt.of(numbered.number()) : OptionalInt.empty();
        }
        if (wanted instanceof ServicePort.Named named) {
            return named(named.name());
        }
        if (names.size() == 1) {
            return OptionalInt.of(names.firstKey());
        }
        return wanted instanceof ServicePort.Scheme scheme ? ofScheme(scheme.scheme()) : OptionalInt.empty();
    }

    private OptionalInt named(String name) {
        return names.entrySet().stream()
                .filter(port -> port.getValue().contains(name))
                .mapToInt(Map.Entry::getKey)
                .findFirst();
    }

    private OptionalInt ofScheme(String scheme) {
        OptionalInt named = named(scheme);
        int wellKnown = WELL_KNOWN.getOrDefault(scheme, 0);
        return named.isPresent() || !contains(wellKnown) ? named : OptionalInt.of(wellKnown);
    }

    /** {@code http 80, metrics 9090, 9443}. */
    @Override
    public String toString() {
        return names.entrySet().stream()
                .map(port -> (String.join("/", port.getValue()) + " " + port.getKey()).strip())
                .collect(Collectors.joining(", "));
    }
}
