package io.serviceresolver.examples;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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

    private Demo() {}

    /**
     * Runs the demo and ends the process: with 0 if all went well, 1 if a call failed or the demo did, 2 if the
     * arguments are wrong.
     *
     * @param words nothing, or {@code --kubeconfig FILE}
     */
    public static void main(String[] words) {
        JvmSettings.apply();
        Console console = Console.system();
        int code;
        try {
            DemoArguments arguments = DemoArguments.parse(words);
            DemoSettings settings = DemoSettings.standard();
            code = arguments.kubeconfig()
                    .map(file -> within(settings.deadline(), console, () -> new KubeconfigDemo(console, file).run()))
                    .orElseGet(() -> within(settings.deadline(), console, () -> run(console, settings, PodAddresses.ofThisMachine())));
        } catch (IllegalArgumentException e) {
            console.line("demo: %s", e.getMessage());
            code = 2;
        }
        Runtime.getRuntime().halt(code);
    }

    /** Plays all scenes: 0 if no call failed, else 1. */
    static int run(Console console, DemoSettings settings, PodAddresses addresses) throws Exception {
        try (Stage stage = new Stage(console, settings, addresses)) {
            int number = 1;
            for (Scene scene : SCENES) {
                console.title(number++ + " of " + SCENES.size() + ". " + scene.title());
                scene.play(stage);
            }
            console.line("");
            stage.totals().explain(console);
            console.line("%s", stage.totals().summary());
            return stage.totals().isFlawless() ? 0 : 1;
        }
    }
}
