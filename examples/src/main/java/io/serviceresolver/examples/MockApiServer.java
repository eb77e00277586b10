package io.serviceresolver.examples;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.util.HashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** An API server in this process: fabric8's mock, which stores, lists and watches objects of any kind over HTTP. */
final class MockApiServer implements AutoCloseable {

    /** It logs each request; kept here, as the log manager forgets a level that nobody holds. */
    private static final Logger REQUESTS = Logger.getLogger("io.fabric8.mockwebserver");

    private final KubernetesMockServer server;
    private final Config config;

    private MockApiServer(KubernetesMockServer server) {
        this.server = server;
        this.config = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://" + server.getHostName() + ":" + server.getPort() + "/")
                .withHttp2Disable(true)
                .build();
    }

    /** Starts a server on a free port of 127.0.0.1. */
    static MockApiServer start() {
        REQUESTS.setLevel(Level.WARNING);
        KubernetesMockServer server = new KubernetesMockServer(
                new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
        server.init();
        return new MockApiServer(server);
    }

    /** How to reach it. */
    Config config() {
        return config;
    }

    /** A new client of it: close it. */
    KubernetesClient client() {
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** Stops it: it breaks off all watches and refuses connections. Again: no effect. */
    @Override
    public void close() {
        server.destroy();
    }
}
