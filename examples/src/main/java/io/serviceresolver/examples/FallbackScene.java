package io.serviceresolver.examples;

import io.serviceresolver.ServiceResolverBuilder;
import io.serviceresolver.ServiceState.Status;
import io.serviceresolver.dns.DnsSource;
import io.serviceresolver.source.EnvironmentSource;

/** Programs that start while the API server is down fall back to cluster DNS, then to environment variables. */
final class FallbackScene implements Scene {

    @Override
    public String title() {
        return "Starting while the API server is down: cluster DNS, then environment variables";
    }

    @Override
    public void play(Stage stage) {
        Console console = stage.console();
        ClusterIp clusterIp = stage.cluster().clusterIp();
        stage.atEnd(clusterIp::close);
        console.line("A program starts, with a watch, DNS and environment variables to learn Pods from:");
        call(stage, clusterIp, "skippy-headless");
        stage.cluster().stopDns();
        console.line("");
        console.line(
                "Cluster DNS has stopped too. Another program starts; its environment says %s:",
                clusterIp.environment(Stage.SERVICE));
        call(stage, clusterIp, Stage.SERVICE);
        console.line("The cluster IP is one address: kube-proxy chose a Pod for each connection, not for each call.");
    }

    private static void call(Stage stage, ClusterIp clusterIp, String service) {
        Console console = stage.console();
        ServiceResolverBuilder resolver = stage.resolver(stage.watch())
                .fallback(DnsSource.builder().nameserver(stage.cluster().dns()).build())
                .fallback(EnvironmentSource.of(clusterIp.environment(Stage.SERVICE)));
        Client client = stage.open(resolver, service);
        client.service().awaitReady(Await.PATIENCE);
        Await.status(stage.timer(), client.service(), Status.FALLBACK);
        console.line("the resolver is %s", client.knowledge());
        console.line("  %s", client.service().state().detail());
        LoadReport report = stage.call(client);
        console.bars().of(report.perPod()).forEach(line -> console.line("%s", line));
    }
}
