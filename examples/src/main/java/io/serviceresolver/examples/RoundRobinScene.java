package io.serviceresolver.examples;

/** Even balance by round robin. */
final class RoundRobinScene implements Scene {

    @Override
    public String title() {
        return "Round robin: every Pod gets its share";
    }

    @Override
    public void play(Stage stage) {
        Client client = stage.mainClient();
        client.service().awaitReady(Await.PATIENCE);
        Console console = stage.console();
        console.line("POST %s by round robin; the resolver is %s", client.uri(), client.knowledge());
        LoadReport report = stage.call(client);
        stage.showBars(report);
        Client outside = stage.open(stage.resolver(stage.watch()), "skippy-public");
        LoadReport direct = stage.callBriefly(outside);
        console.line(
                "POST %s, a Service of type LoadBalancer: %d calls straight to %d Pods, no detour",
                outside.uri(), direct.calls(), direct.perPod().size());
    }
}
