package io.serviceresolver.apiserver;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Stops and starts the API server, by a program that the environment names. It is called with one word: {@code stop},
 * {@code start}, or {@code compact}, which lets the storage forget the past; and it ends when that is done.
 */
final class ApiServerControl {

    /** Names the program. */
    static final String VARIABLE = "SERVICE_RESOLVER_TEST_API_SERVER_CONTROL";

    private static final long PATIENCE_SECONDS = 120;

    private final String program;

    private ApiServerControl(String program) {
        this.program = program;
    }

    /** The one that the environment names; says so on standard output where it names none. */
    static Optional<ApiServerControl> find() {
        Optional<String> named = Optional.ofNullable(System.getenv(VARIABLE)).filter(program -> !program.isBlank());
        if (named.isEmpty()) {
            System.out.println("SKIPPED outages of the API server: set " + VARIABLE
                    + " to a program that can stop, start and compact it");
        }
        return named.map(ApiServerControl::new);
    }

    void stop() throws IOException, InterruptedException {
        run("stop");
    }

    void start() throws IOException, InterruptedException {
        run("start");
    }

    void compact() throws IOException, InterruptedException {
        run("compact");
    }

    private void run(String word) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(program, word)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroy();
            throw new AssertionError(program + " " + word + " (expected: to end with 0 in " + PATIENCE_SECONDS + " s)");
        }
    }
}
