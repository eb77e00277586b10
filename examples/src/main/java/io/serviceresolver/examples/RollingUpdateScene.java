package io.serviceresolver.examples;

import io.serviceresolver.ServiceHandle;
import io.serviceresolver.endpoint.EndpointSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** All Pods are replaced one after the other while calls go on. */
final class RollingUpdateScene implements Scene {

    private static final int GAUGE = 20;

    @Override
    public String title() {
        return "A rolling update of all Pods under load";
    }

    @Override
    public void play(Stage stage) {
        Console console = stage.console();
        Client client = stage.mainClient();
        console.line(
                "For each Pod: a new one starts and is ready; the old one terminates, but serves %.1f s more and",
                stage.settings().grace().toMillis() / 1000.0);
        console.line("ends the calls it has, as with a preStop hook. Nothing is sent twice: what fails, has failed.");
        console.line("%-7s %-16s %-16s %-25s %6s %7s", "", "resolver sees", "resolver sees", "calls answered", "", "");
        console.line(
                "%-7s %-16s %-16s %-25s %6s %7s",
                "step", "the new Pod", "the old one go", "by v1       by v2", "calls", "failed");
        Load load = stage.startLoad(client);
        List<CompletableFuture<Void>> terminations = new ArrayList<>();
        List<RunningPod> old = stage.cluster().pods();
        for (int i = 0; i < old.size(); i++) {
            LoadReport before = load.soFar();
            Step step = replace(stage, client.service(), old.get(i), "skippy-v2-" + DemoSettings.letter(i));
            terminations.add(step.termination);
            stage.awaitMoreCalls(load, stage.settings().calls() / old.size());
            show(console, i + 1, old.size(), step, before, load.soFar());
        }
        terminations.forEach(termination -> Await.done(termination, "the old Pod has stopped", Await.PATIENCE));
        Await.endpoints(client.service(), "only new Pods", set -> set.size() == old.size());
        LoadReport report = load.stop();
        stage.totals().addRollingUpdate(report);
        console.line(
                "%d Pods replaced: %d calls, %d failed, p50 %.1f ms, p99 %.1f ms; the resolver is %s",
                old.size(),
                report.calls(),
                report.failed(),
                report.p50Millis(),
                report.p99Millis(),
                client.knowledge());
    }

    private static Step replace(Stage stage, ServiceHandle service, RunningPod old, String name) {
        EmbeddedCluster cluster = stage.cluster();
        long begun = System.nanoTime();
        RunningPod created = cluster.startPod(name, "v2");
        Await.endpoints(service, name + " is ready", set -> isReady(set, created));
        long seen = System.nanoTime();
        CompletableFuture<Void> termination =
                cluster.terminate(old, stage.settings().grace());
        Await.endpoints(service, old.name() + " is not ready", set -> !isReady(set, old));
        return new Step(name, millis(begun, seen), millis(seen, System.nanoTime()), termination);
    }

    private static boolean isReady(EndpointSet set, RunningPod pod) {
        return set.endpoints().stream()
                .anyMatch(endpoint -> pod.is(endpoint) && endpoint.conditions().ready());
    }

    private static long millis(long from, long to) {
        return TimeUnit.NANOSECONDS.toMillis(to - from);
    }

    private static void show(Console console, int number, int of, Step step, LoadReport before, LoadReport now) {
        long byOld = now.ofThoseNamed("skippy-v1-") - before.ofThoseNamed("skippy-v1-");
        long byNew = now.ofThoseNamed("skippy-v2-") - before.ofThoseNamed("skippy-v2-");
        console.line(
                "%2d/%-4d after %4d ms    after %4d ms   v1 %s v2 %6d %7d",
                number,
                of,
                step.createdMillis,
                step.goneMillis,
                console.bars().gauge(byOld, byOld + byNew, GAUGE),
                now.calls(),
                now.failed());
    }

    /** How long it took the resolver to see what happened. */
    private record Step(String name, long createdMillis, long goneMillis, CompletableFuture<Void> termination) {}
}
