package io.serviceresolver.interop.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.ServiceHandle;
import io.serviceresolver.ServiceResolver;
import io.serviceresolver.ServiceStats;
import io.serviceresolver.call.CallOptions;
import io.serviceresolver.call.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** What has nothing to do with the JDK's client. */
class PlainSocketTest {

    @Test
    void deadPodsAreNotNoticed() throws Exception {
        try (Orders orders = Orders.withDeadPods()) {
            ServiceResolver resolver = orders.resolver;
            for (int i = 0; i < Orders.CALLS; i++) {
                ServiceHandle skippy = resolver.service("skippy");
                CallOptions options = CallOptions.DEFAULT.idempotent();
                String status = skippy.<String, IOException>call(options, endpoint -> {
                    try (Socket socket = new Socket()) {
                        socket.connect(endpoint.socketAddress(), 1_000);
                        socket.setSoTimeout(10_000);
                        return ask(socket);
                    }
                });
                assertThat(status).isEqualTo("HTTP/1.1 200 OK");
            }
            ServiceStats stats = resolver.service("skippy").stats();
            assertThat(stats.completed(Outcome.CONNECT_FAILED)).isPositive();
            assertThat(stats.completed(Outcome.IO_ERROR)).isPositive();
            assertThat(stats.inFlight()).isZero();
        }
    }

    private static String ask(Socket socket) throws IOException {
        socket.getOutputStream().write("GET /orders/7 HTTP/1.0\r\n\r\n".getBytes(UTF_8));
        String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();
        if (line == null) {
            throw new IOException("no answer");
        }
        return line;
    }
}
