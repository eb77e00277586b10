package io.serviceresolver.apiserver;

import static io.serviceresolver.apiserver.RealPods.address;
import static io.serviceresolver.apiserver.RealPods.pod;
import static io.serviceresolver.apiserver.RealPods.service;

import io.fabric8.kubernetes.api.model.Pod;
import io.serviceresolver.testkit.TcpProxy;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The way to the real API server breaks. */
@RealApiServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReconnectRealTest {

    private final RealNamespace cluster = RealNamespace.create();

    @AfterAll
    void removeAll() {
        cluster.close();
    }

    @Test
    void catchesUpWithWhatHappenedWhileItWasCutOff(@TempDir Path folder) throws Exception {
        cluster.add(service("web").build());
        Pod one = pod(cluster, "web", "web-1").build();
        Pod two = pod(cluster, "web", "web-2").build();
        Pod three = pod(cluster, "web", "web-3").build();
        cluster.forEach(List.of(one, two), cluster::add);
        URI server = cluster.client().getMasterUrl().toURI();
        try (TcpProxy proxy = TcpProxy.to(new InetSocketAddress(server.getHost(), server.getPort()));
                RealSource source = new RealSource(RealProxy.kubeconfig(cluster, proxy, folder), cluster)) {
            RealFollower web = source.follow("web");
            web.until("found " + address(one) + ":8080, " + address(two) + ":8080");
            proxy.mode(TcpProxy.Mode.NOT_ACCEPTING).cut();
            cluster.remove("web-2");
            cluster.add(three);
            cluster.setReady("web-1", "False");
            proxy.mode(TcpProxy.Mode.PASS);
            web.until("found " + address(one) + ":8080 not ready, " + address(three) + ":8080");
            proxy.mode(TcpProxy.Mode.NOT_ACCEPTING).cut();
            cluster.deleteService("web");
            proxy.mode(TcpProxy.Mode.PASS);
            web.until("absent");
        }
    }
}
