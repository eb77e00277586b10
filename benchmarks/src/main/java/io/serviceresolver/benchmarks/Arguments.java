package io.serviceresolver.benchmarks;

import io.serviceresolver.benchmarks.subject.Activity;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is to be measured.
 *
 * @param with a CSV of an earlier run, to be in the tables too
 * @param activities what is measured
 * @param systems which names, whole
 * @param sizes numbers of endpoints; empty for those of each activity
 * @param threads numbers of threads; empty for those of each activity
 * @param millis the length of an iteration
 * @param iterations how many count; as many go before
 */
record Arguments(
        Optional<Path> with,
        List<Activity> activities,
        Pattern systems,
        List<Integer> sizes,
        List<Integer> threads,
        int millis,
        int iterations) {

    static final String USAGE = """
            --with FILE          a benchmarks.csv of before: all of it is in the tables too, and the best of both counts
            --what A,B           pick, call, busy, during, update, heap, services, rest, match, relabel (all)
            --systems REGEX      names of systems (.*)
            --sizes N,M          numbers of endpoints, or of selectors (those of each activity)
            --threads N,M        numbers of threads (those of each activity)
            --millis N           length of an iteration (1000)
            --iterations N       how many count; as many go before (5)
            """;

    static Arguments parse(List<String> args) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < args.size(); i += 2) {
            String name = args.get(i);
            if (!USAGE.contains(name + " ") || !name.startsWith("--") || i + 1 == args.size()) {
                throw new IllegalArgumentException("argument: " + name + " (expected:\n" + USAGE + ")");
            }
            given.put(name, args.get(i + 1));
        }
        return new Arguments(
                Optional.ofNullable(given.get("--with")).map(Path::of),
                list(given.getOrDefault("--what", ""), Arguments::activity, List.of(Activity.values())),
                Pattern.compile(given.getOrDefault("--systems", ".*")),
                list(given.getOrDefault("--sizes", ""), Integer::valueOf, List.of()),
                list(given.getOrDefault("--threads", ""), Integer::valueOf, List.of()),
                Integer.parseInt(given.getOrDefault("--millis", "1000")),
                Integer.parseInt(given.getOrDefault("--iterations", "5")));
    }

    private static Activity activity(String name) {
        return Arrays.stream(Activity.values())
                .filter(activity -> activity.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("what: " + name + " (expected: some of "
                        + Arrays.stream(Activity.values())
                                .map(Activity::toString)
                                .collect(Collectors.joining(", "))
                        + ")"));
    }

    private static <T> List<T> list(String text, Function<String, T> reader, List<T> otherwise) {
        return text.isEmpty()
                ? otherwise
                : Arrays.stream(text.split(",", -1)).map(reader).toList();
    }
}
