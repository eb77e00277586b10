package io.serviceresolver.examples;

import io.serviceresolver.ServiceState.Status;
import java.util.concurrent.Future;

/** The API server stops, and calls go on by what was known last. */
final class OutageScene implements Scene {

    @Override
    public String title() {
        return "The API server stops: calls go on";
    }

    @Override
    public void play(Stage stage) {
        Console console = stage.console();
        Client client = stage.mainClient();
        console.line("before: the resolver is %s", client.knowledge());
        Load load = stage.startLoad(client);
        Future<?> rows = stage.everySecond(new StateRows(console, load, client));
        stage.cluster().stopApiServer();
        Await.status(stage.timer(), client.service(), Status.STALE);
        stage.awaitMoreCalls(load, stage.settings().calls());
        rows.cancel(false);
        LoadReport report = load.stop();
        stage.totals().add(report);
        console.line(
                "without an API server: %d calls, %d failed, answered by %d Pods",
                report.calls(), report.failed(), report.perPod().size());
        client.answers().forEach(answer -> console.line("  source %s", answer));
    }
}
