package io.serviceresolver.examples;

import io.serviceresolver.balancer.Balancers;

/** One Pod turns slow, and least connections moves away from it where round robin does not. */
final class SlowPodScene implements Scene {

    @Override
    public String title() {
        return "A slow Pod: least connections moves away from it";
    }

    @Override
    public void play(Stage stage) {
        Console console = stage.console();
        Kubelet kubelet = stage.cluster().kubelet();
        RunningPod slow = stage.cluster().pods().get(stage.settings().pods() / 3);
        kubelet.latency(slow, stage.settings().slowLatency());
        console.line(
                "%s now takes %d ms for a call, the others %d ms.",
                slow.name(),
                stage.settings().slowLatency().toMillis(),
                stage.settings().podLatency().toMillis());
        console.line("Calls by round robin:");
        LoadReport before = stage.call(stage.mainClient());
        Client client = stage.open(stage.resolver(stage.watch()).balancer(Balancers.leastConnections()), Stage.SERVICE);
        client.service().awaitReady(Await.PATIENCE);
        console.line("Calls by least connections:");
        LoadReport after = stage.call(client);
        stage.showBars(after);
        console.line("                     share of %s        p50        p99", slow.name());
        row(console, "round robin", slow, before);
        row(console, "least connections", slow, after);
        kubelet.latency(slow, stage.settings().podLatency());
    }

    private static void row(Console console, String balancer, RunningPod slow, LoadReport report) {
        console.line(
                "  %-18s %18.1f %%  %7.1f ms %7.1f ms",
                balancer, Bars.percent(report.of(slow.name()), report.calls()), report.p50Millis(), report.p99Millis());
    }
}
