package io.serviceresolver.examples;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows what the library does, in a cluster that lives in this process. With {@code --kubeconfig FILE} it shows the
 * discovery part on a real API server instead.
 */
public final class Demo {

    private static final List<Scene> SCENES = List.of(
            new ClusterScene(),
            new RoundRobinScene(),
            new SlowPodScene(),
            new RollingUpdateScene(),
            new OutageScene(),
            new FallbackScene());

    private static final Logger log = LoggerFactory.getLogger(Demo.class);

    /** Names the file that logback.xml sends the log to. */
    private static final String LOG_PROPERTY = "demo.log";

    private static final int FAILED = 1;
    private static final int WRONG_ARGUMENTS = 2;

    private Demo() {}

    /**
     * Runs the demo and ends the process: with 0 if all went well, 1 if a call failed or the demo did, 2 if the
     * arguments are wrong.
     *
     * @param words nothing, or {@code --kubeconfig FILE}
     */
    public static void main(String[] words) {
        JvmSettings.apply();
        System.exit(run(Console.system(), words));
    }

    /** Runs what the command line says: the exit code. */
    static int run(Console console, String... words) {
        DemoSettings settings = DemoSettings.standard();
        Callable<Integer> task;
        try {
            DemoArguments arguments = DemoArguments.parse(words);
            task = arguments
                    .kubeconfig()
                    .<Callable<Integer>>map(file -> () -> new KubeconfigDemo(console, file).run())
                    .orElse(() -> play(console, settings, PodAddresses.ofThisMachine()));
        } catch (IllegalArgumentException e) {
            console.line("demo: %s", e.getMessage());
            return WRONG_ARGUMENTS;
        }
        String log = System.getProperty(LOG_PROPERTY);
        if (log != null) {
            console.line("What the library logs meanwhile goes to %s", log);
        }
        return within(settings.deadline(), console, task);
    }

    /**
     * Plays all scenes.
     *
     * @return 0 if no call failed, else 1
     */
    static int play(Console console, DemoSettings settings, PodAddresses addresses) {
        long begun = System.nanoTime();
        console.line("A cluster in this process, on the loopback network: nothing needs to be installed.");
        try (Stage stage = new Stage(console, settings, addresses)) {
            int number = 1;
            for (Scene scene : SCENES) {
                console.title(number++ + " of " + SCENES.size() + ". " + scene.title());
                scene.play(stage);
            }
            console.line("");
            console.line(
                    "This took %d s.",
                    Duration.ofNanos(System.nanoTime() - begun).toSeconds());
            stage.totals().explain(console);
            console.line("%s", stage.totals().summary());
            return stage.totals().isFlawless() ? 0 : FAILED;
        }
    }

    /** Whatever happens, the demo ends in time and says what went wrong. */
    private static int within(Duration limit, Console console, Callable<Integer> task) {
        ExecutorService thread = Executors.newSingleThreadExecutor(DemoThreads.named("demo"));
        Future<Integer> running = thread.submit(task);
        try {
            return running.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            console.line("demo: not at its end after %d s (expected: less)", limit.toSeconds());
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            log.error("the demo failed", cause);
            console.line("demo: %s", cause instanceof IllegalStateException ? cause.getMessage() : cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return FAILED;
    }
}
