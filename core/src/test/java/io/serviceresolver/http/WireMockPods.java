package io.serviceresolver.http;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.serviceresolver.endpoint.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** WireMock servers on 127.0.2.1, 127.0.2.2 and so on that share a port, each answering with its name. */
final class WireMockPods implements AutoCloseable {

    private static final int ATTEMPTS = 20;

    private final List<WireMockServer> servers;

    private WireMockPods(List<WireMockServer> servers) {
        this.servers = servers;
    }

    static WireMockPods start(int size) {
        for (int attempt = 1; ; attempt++) {
            List<WireMockServer> started = new ArrayList<>();
            try {
                int port = freePort();
                for (int number = 1; number <= size; number++) {
                    WireMockServer server = new WireMockServer(options()
                            .bindAddress("127.0.2." + number)
                            .port(port)
                            .jettyAcceptors(1));
                    server.start();
                    started.add(server);
                    server.stubFor(any(anyUrl()).willReturn(ok("pod-" + number)));
                }
                return new WireMockPods(started);
            } catch (RuntimeException e) {
                started.forEach(WireMockServer::stop);
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    WireMockServer pod(int number) {
        return servers.get(number - 1);
    }

    /** Has each Pod answer one path so. */
    void answer(String path, ResponseDefinitionBuilder answer) {
        servers.forEach(server -> server.stubFor(any(urlPathEqualTo(path)).willReturn(answer)));
    }

    Endpoint[] endpoints() {
        return servers.stream()
                .map(server -> Endpoint.of(server.getOptions().bindAddress(), server.port()))
                .toArray(Endpoint[]::new);
    }

    @Override
    public void close() {
        servers.forEach(WireMockServer::stop);
    }
}
