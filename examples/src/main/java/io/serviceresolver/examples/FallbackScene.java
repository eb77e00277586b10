package io.serviceresolver.examples;

import io.serviceresolver.ServiceResolverBuilder;
import io.serviceresolver.ServiceState.Status;
import io.serviceresolver.dns.DnsSource;
import io.serviceresolver.source.EnvironmentSource;
import java.util.Map;
import java.util.TreeMap;

/** Programs that start while the API server is down fall back to cluster DNS or to environment variables, until it is back. */
final class FallbackScene implements Scene {

    @Override
    public String title() {
        return "Starting while it is down: cluster DNS, environment variables, and back";
    }

    @Override
    public void play(Stage stage) {
        Console console = stage.console();
        try (ClusterIp clusterIp = stage.cluster().clusterIp()) {
            Map<String, String> environment = clusterIp.environment(Stage.SERVICE);
            console.line("A program starts. Its sources are a watch, cluster DNS and its environment variables.");
            call(stage, environment, "skippy-headless");
            stage.cluster().stopDns();
            console.line("");
            console.line("Cluster DNS stops too, and another program starts.");
            new TreeMap<>(environment).forEach((name, value) -> console.line("  %s=%s", name, value));
            Client last = call(stage, environment, Stage.SERVICE);
            console.line("Uneven, as that is a cluster IP: kube-proxy picks a Pod per connection, not per call.");
            console.line("");
            console.line("The API server starts again. The same program notices.");
            stage.cluster().restartApiServer();
            Await.status(stage.timer(), last.service(), Status.LIVE);
            console.line("POST %s; the resolver is %s", last.uri(), last.knowledge());
            LoadReport report = stage.callBriefly(last);
            console.line(
                    "%d calls, %d failed, answered by %d Pods",
                    report.calls(), report.failed(), report.perPod().size());
        }
    }

    private static Client call(Stage stage, Map<String, String> environment, String service) {
        Console console = stage.console();
        ServiceResolverBuilder resolver = stage.resolver(stage.watch())
                .fallback(DnsSource.builder().nameserver(stage.cluster().dns()).build())
                .fallback(EnvironmentSource.of(environment));
        Client client = stage.open(resolver, service);
        client.service().awaitReady(Await.PATIENCE);
        console.line("POST %s; the resolver is %s", client.uri(), client.knowledge());
        LoadReport report = stage.call(client);
        stage.showBars(report);
        client.answers().forEach(answer -> console.line("  source %s", answer));
        return client;
    }
}
