package io.serviceresolver.examples;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the demo was started with.
 *
 * @param kubeconfig says how to reach a real API server; nothing for the demo in this process
 */
record DemoArguments(Optional<Path> kubeconfig) {

    static final String USAGE = "nothing, or --kubeconfig FILE";

    private static final String KUBECONFIG = "--kubeconfig";

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException if it is neither empty nor {@code --kubeconfig} and a file that can be read
     */
    static DemoArguments parse(String... words) {
        if (words.length == 0) {
            return new DemoArguments(Optional.empty());
        }
        if (!words[0].equals(KUBECONFIG)) {
            throw refused("argument", words[0], USAGE);
        }
        if (words.length != 2) {
            throw refused(KUBECONFIG, words.length == 1 ? "nothing" : words[2], "one file");
        }
        Path file = Path.of(words[1]);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw refused(KUBECONFIG, words[1], "a file that can be read");
        }
        return new DemoArguments(Optional.of(file));
    }

    private static IllegalArgumentException refused(String name, String value, String expected) {
        return new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
    }
}
