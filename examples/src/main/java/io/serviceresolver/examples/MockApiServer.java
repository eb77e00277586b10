package io.serviceresolver.examples;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/**
 * An API server in this process: fabric8's mock, which stores, lists and watches objects of any kind over HTTP. Confined
 * to one thread.
 */
final class MockApiServer implements AutoCloseable {

    private static final org.slf4j.Logger log = LoggerFactory.getLogger(MockApiServer.class);

    /** It logs each request; kept here, as the log manager forgets a level that nobody holds. */
    private static final Logger REQUESTS = Logger.getLogger("io.fabric8.mockwebserver");

    /** What is stored: it outlives a restart. */
    private final KubernetesCrudDispatcher objects = new KubernetesCrudDispatcher();

    private final Config config;
    private KubernetesMockServer server;

    private MockApiServer() {
        this.server = newServer();
        server.init();
        this.config = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://" + server.getHostName() + ":" + server.getPort() + "/")
                .withHttp2Disable(true)
                .build();
    }

    /** Starts a server on a free port of 127.0.0.1. */
    static MockApiServer start() {
        REQUESTS.setLevel(Level.WARNING);
        return new MockApiServer();
    }

    private KubernetesMockServer newServer() {
        return new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), objects, false);
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
        try {
            server.destroy();
        } catch (IllegalStateException e) {
            // Where a watch ends while it is told of something, the two wait for each other, for a minute. It listens
            // no more.
            log.warn("the mock API server: not closed in time", e);
        }
    }

    /** Starts it again after {@link #close}, on the same port and with the same objects. */
    void restart() {
        int port = server.getPort();
        server = newServer();
        server.init(InetAddress.getLoopbackAddress(), port);
    }
}
