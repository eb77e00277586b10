package io.serviceresolver.examples;

import io.serviceresolver.ServiceHandle;
import io.serviceresolver.endpoint.EndpointSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** All Pods are replaced one after the other while calls go on. */
final class RollingUpdateScene implements Scene {

    private static final int GAUGE = 24;
    private static final double MILLIS_PER_SECOND = 1000;

    @Override
    public String title() {
        return "A rolling update of all Pods under load";
    }

    @Override
    public void play(Stage stage) {
        Console console = stage.console();
        Client client = stage.mainClient();
        double grace = stage.settings().grace().toMillis() / MILLIS_PER_SECOND;
        console.line(
                "One by one: a v2 Pod gets ready, then a v1 Pod terminates. It serves for %.1f s more (preStop),",
                grace);
        console.line("ends the calls it has, and stops. No call is sent twice: what fails counts as failed.");
        console.line("          seen by the resolver   calls answered");
        console.line("   step    v2 ready   v1 going   by v1 %" + (GAUGE - 12) + "s by v2   calls  failed", "");
        Load load = stage.startLoad(client);
        List<CompletableFuture<Void>> terminations = new ArrayList<>();
        List<RunningPod> old = stage.cluster().pods();
        for (int i = 0; i < old.size(); i++) {
            LoadReport before = load.soFar();
            Step step = replace(stage, client.service(), old.get(i), "skippy-v2-" + DemoSettings.letter(i));
            terminations.add(step.termination);
            stage.awaitMoreCalls(load, stage.settings().calls() / old.size());
            show(console, (i + 1) + "/" + old.size(), step, before, load.soFar());
        }
        terminations.forEach(termination -> Await.done(termination, "the old Pod has stopped", Await.PATIENCE));
        Await.endpoints(client.service(), "only new Pods", set -> set.size() == old.size());
        Await.until(stage.timer(), "the slices tell of the new Pods only", stage.cluster()::hasSettled);
        LoadReport report = load.stop();
        stage.totals().addRollingUpdate(report);
        console.line(
                "rolling update: %d Pods replaced, %d calls, %d failed, p50 %.1f ms, p99 %.1f ms",
                old.size(), report.calls(), report.failed(), report.p50Millis(), report.p99Millis());
        console.line("the resolver is %s", client.knowledge());
    }

    private static Step replace(Stage stage, ServiceHandle service, RunningPod old, String name) {
        EmbeddedCluster cluster = stage.cluster();
        RunningPod created = cluster.startPod(name, "v2");
        long begun = System.nanoTime();
        cluster.ready(created);
        Await.endpoints(service, name + " is ready", set -> isReady(set, created));
        long seen = System.nanoTime();
        CompletableFuture<Void> termination =
                cluster.terminate(old, stage.settings().grace());
        Await.endpoints(service, old.name() + " is not ready", set -> !isReady(set, old));
        return new Step(millis(begun, seen), millis(seen, System.nanoTime()), termination);
    }

    private static boolean isReady(EndpointSet set, RunningPod pod) {
        return set.endpoints().stream()
                .anyMatch(endpoint -> pod.is(endpoint) && endpoint.conditions().ready());
    }

    private static long millis(long from, long to) {
        return TimeUnit.NANOSECONDS.toMillis(to - from);
    }

    private static void show(Console console, String number, Step step, LoadReport before, LoadReport now) {
        long byOld = now.ofThoseNamed("skippy-v1-") - before.ofThoseNamed("skippy-v1-");
        long byNew = now.ofThoseNamed("skippy-v2-") - before.ofThoseNamed("skippy-v2-");
        String gauge = console.bars().gauge(byOld, byOld + byNew, GAUGE);
        console.line(
                "  %5s   %5d ms   %5d ms   %s  %6d  %6d",
                number, step.createdMillis, step.goneMillis, gauge, now.calls(), now.failed());
    }

    /** How long it took the resolver to see a new Pod that is ready, and an old one that terminates. */
    private record Step(long createdMillis, long goneMillis, CompletableFuture<Void> termination) {}
}
