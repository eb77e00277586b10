package io.serviceresolver.examples;

import io.serviceresolver.Explanation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Inspect} was started with.
 *
 * @param command what to do
 * @param service the service, as callers name it
 * @param form how an explanation is printed
 * @param kubeconfig says how to reach the API server; nothing: as a program in a cluster does
 * @param namespace the namespace of names without one; nothing: as a program in a cluster does
 */
record InspectArguments(
        Command command, String service, Form form, Optional<Path> kubeconfig, Optional<String> namespace) {

    static final String USAGE = """
            usage: inspect COMMAND SERVICE [OPTION...]

            commands
              watch SERVICE      prints each change of its endpoints and of its state, until Ctrl-C
              explain SERVICE    says for each endpoint known why it is chosen, or what left it out
              drift SERVICE      asks the API server anew and compares

            SERVICE is skippy, skippy:http, skippy.shield.svc and so on

            options
              --kubeconfig FILE  how to reach the API server; else as a program in a cluster does
              --namespace NS     the namespace of names without one
              --json             explain: prints JSON

            exit code: 0 all is well, 1 nothing to pick, drift, or no answer, 2 wrong arguments""";

    /** What to do. */
    enum Command {
        WATCH,
        EXPLAIN,
        DRIFT
    }

    /** How an explanation is printed. */
    enum Form {
        TEXT,
        JSON;

        String of(Explanation explanation) {
            return this == JSON ? explanation.toJson() : explanation.text();
        }
    }

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException if it is not as {@link #USAGE} says
     */
    static InspectArguments parse(String... words) {
        Deque<String> rest = new ArrayDeque<>(Arrays.asList(words));
        Command command = command(rest.poll());
        String service = rest.isEmpty() || rest.peek().startsWith("-") ? "" : rest.remove();
        if (service.isEmpty()) {
            throw refused("SERVICE", rest.isEmpty() ? "nothing" : rest.remove(), "the name of a service");
        }
        Form form = Form.TEXT;
        Optional<Path> kubeconfig = Optional.empty();
        Optional<String> namespace = Optional.empty();
        while (!rest.isEmpty()) {
            String option = rest.remove();
            switch (option) {
                case "--kubeconfig" -> kubeconfig = Optional.of(file(value(option, rest)));
                case "--namespace" -> namespace = Optional.of(value(option, rest));
                case "--json" -> form = json(command);
                default -> throw refused("option", option, "--kubeconfig, --namespace or --json");
            }
        }
        return new InspectArguments(command, service, form, kubeconfig, namespace);
    }

    private static Command command(@Nullable String word) {
        return Arrays.stream(Command.values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> refused("COMMAND", word == null ? "nothing" : word, "watch, explain or drift"));
    }

    private static Form json(Command command) {
        if (command != Command.EXPLAIN) {
            throw refused("option", "--json", "only with explain");
        }
        return Form.JSON;
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw refused(option, "nothing", "a value");
        }
        return rest.remove();
    }

    private static Path file(String name) {
        Path file = Path.of(name);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw refused("--kubeconfig", name, "a file that can be read");
        }
        return file;
    }

    private static IllegalArgumentException refused(String name, String value, String expected) {
        return new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
    }
}
