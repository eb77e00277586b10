package io.serviceresolver.benchmarks.subject;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** All systems on the class path, by their names: the floor, ours, then those of other modules. */
public final class Subjects {

    private final Map<String, Competitor> byName = new LinkedHashMap<>();

    private Subjects(Stream<Competitor> all) {
        all.forEach(competitor -> byName.put(competitor.name(), competitor));
    }

    /** Finds them. */
    public static Subjects load() {
        return new Subjects(Stream.concat(
                Stream.of(new FloorSubjects(), new OurSubjects(), new SelectorSubjects())
                        .flatMap(provider -> provider.competitors().stream()),
                ServiceLoader.load(SubjectProvider.class).stream()
                        .flatMap(provider -> provider.get().competitors().stream())));
    }

    /** All of them. */
    public Collection<Competitor> all() {
        return byName.values();
    }

    /**
     * Those that take part in an activity.
     *
     * @param activity what is measured
     */
    public List<Competitor> in(Activity activity) {
        return all().stream().filter(one -> one.activities().contains(activity)).toList();
    }

    /**
     * Finds a system.
     *
     * @param name what tables call it
     * @throws IllegalArgumentException if there is none of that name
     */
    public Competitor find(String name) {
        Competitor found = byName.get(name);
        if (found == null) {
            throw new IllegalArgumentException("system: " + name + " (expected: one of " + byName.keySet() + ")");
        }
        return found;
    }
}
