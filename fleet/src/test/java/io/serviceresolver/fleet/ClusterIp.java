package io.serviceresolver.fleet;

import io.serviceresolver.ServiceHandle;
import io.serviceresolver.endpoint.Endpoint;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What a Service's address does: each connection goes to one ready Pod at random, and stays there. It hears of Pods as soon
 * as the library does, which kube-proxy does not.
 */
final class ClusterIp implements AutoCloseable {

    private static final String ADDRESS = "127.0.200.1";

    private final ServiceHandle service;
    private final NetServer server;
    private final NetClient client;

    private ClusterIp(Vertx vertx, ServiceHandle service) {
        this.service = service;
        this.client = vertx.createNetClient();
        this.server = vertx.createNetServer().connectHandler(this::connect);
    }

    static ClusterIp start(Vertx vertx, ServiceHandle service) {
        ClusterIp made = new ClusterIp(vertx, service);
        FleetServer.join(made.server.listen(0, ADDRESS));
        return made;
    }

    URI uri(String path) {
        return URI.create("http://" + ADDRESS + ":" + server.actualPort() + path);
    }

    private void connect(NetSocket caller) {
        List<Endpoint> ready = service.endpoints().endpoints().stream()
                .filter(endpoint -> endpoint.conditions().ready())
                .toList();
        Endpoint chosen = ready.get(ThreadLocalRandom.current().nextInt(ready.size()));
        caller.pause();
        client.connect(chosen.port(), chosen.address())
                .onSuccess(pod -> {
                    caller.pipeTo(pod);
                    pod.pipeTo(caller);
                })
                .onFailure(refused -> caller.close());
    }

    @Override
    public void close() {
        FleetServer.join(server.close());
        FleetServer.join(client.close());
    }
}
