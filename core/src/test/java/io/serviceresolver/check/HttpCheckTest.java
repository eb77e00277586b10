package io.serviceresolver.check;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.Endpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks by HTTP and TCP, of servers good and bad. */
class HttpCheckTest {

    private static final HealthCheck HEALTHZ = HealthCheck.http("/healthz?deep=1");

    /** The heads of the requests. */
    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

    private RawServer.Behaviour answering(String answer) {
        return connection -> {
            requests.add(head(connection));
            connection.getOutputStream().write(answer.getBytes(US_ASCII));
        };
    }

    private static String head(Socket connection) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(connection.getInputStream(), US_ASCII));
        StringBuilder head = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            head.append(line).append('\n');
        }
        return head.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "200 OK,passed",
        "204,passed",
        "302 Found,passed",
        "399 ,passed",
        "400 Bad Request,HTTP 400",
        "404 Not Found,HTTP 404",
        "503 Service Unavailable,HTTP 503",
        "101 Switching Protocols,HTTP 101"
    })
    void goesByTheStatus(String status, String result) throws Exception {
        try (RawServer server =
                RawServer.start(answering("HTTP/1.1 " + status + "\r\nContent-Length: 5\r\n\r\nsunny"))) {
            assertThat(Asking.ask(HEALTHZ, server.endpoint())).isEqualTo(result);
        }
    }

    @Test
    void asksForThePathByTheNameOfTheServiceOnAConnectionOfItsOwn() throws Exception {
        try (RawServer server = RawServer.start(answering("HTTP/1.0 200 OK\n\n"))) {
            assertThat(Asking.ask(HEALTHZ, server.endpoint())).isEqualTo("passed");
            assertThat(requests.take())
                    .startsWith("GET /healthz?deep=1 HTTP/1.1\nHost: skippy.shield.svc\n")
                    .contains("Connection: close\n");
        }
    }

    @Test
    void asksAtAnotherPortUnderAnotherName() throws Exception {
        try (RawServer server = RawServer.start(answering("HTTP/1.1 200 OK\r\n\r\n"))) {
            HealthCheck check = HEALTHZ.withPort(server.port()).withAuthority("flying-saucer.example:8443");
            assertThat(Asking.ask(check, Endpoint.of("127.0.4.1", 1))).isEqualTo("passed");
            assertThat(requests.take()).contains("Host: flying-saucer.example:8443\n");
        }
    }

    @Test
    void acceptsOtherStatusesWhereToldTo() throws Exception {
        HealthCheck check = HEALTHZ.withStatuses(429, 429);
        try (RawServer busy = RawServer.start(answering("HTTP/1.1 429 Too Many Requests\r\n\r\n"));
                RawServer good = RawServer.start(answering("HTTP/1.1 200 OK\r\n\r\n"))) {
            assertThat(Asking.ask(check, busy.endpoint())).isEqualTo("passed");
            assertThat(Asking.ask(check, good.endpoint())).isEqualTo("HTTP 200");
        }
    }

    @Test
    void passesOverInterimAnswers() throws Exception {
        String interim = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n";
        try (RawServer server = RawServer.start(answering(interim + "HTTP/1.1 503 Busy\r\n\r\n"))) {
            assertThat(Asking.ask(HEALTHZ, server.endpoint())).isEqualTo("HTTP 503");
        }
    }

    @Test
    void failsAtGarbageAndAtConnectionsThatEnd() throws Exception {
        assertFails("\u0015\u0003\u0001 no HTTP\r\n", "no answer of HTTP/1.1: ");
        assertFails("HTTP/2 200 OK\r\n\r\n", "no answer of HTTP/1.1: HTTP/2 200 OK");
        assertFails("HTTP/1.1 20\r\n\r\n", "no answer of HTTP/1.1: HTTP/1.1 20");
        assertFails("", "closed without an answer");
        assertFails("HTTP/1.1 20", "closed within the answer");
        assertFails("HTTP/1.1 103 Early Hints\r\nLink: </", "closed within the answer");
    }

    private void assertFails(String answer, String reason) throws Exception {
        try (RawServer server = RawServer.start(answering(answer))) {
            assertThat(Asking.ask(HEALTHZ, server.endpoint())).startsWith(reason);
        }
    }

    @Test
    void readsNoMoreThanItMustOfAnAnswerWithoutEnd() throws Exception {
        byte[] block = new byte[8_192];
        Arrays.fill(block, (byte) 'x');
        RawServer.Behaviour flood = connection -> {
            while (true) {
                connection.getOutputStream().write(block);
            }
        };
        try (RawServer server = RawServer.start(flood)) {
            assertThat(Asking.ask(HEALTHZ, server.endpoint())).isEqualTo("no status in the first 16384 bytes");
            assertThat(server.ended.poll(30, TimeUnit.SECONDS)).isEqualTo("broken");
        }
        String interim = "HTTP/1.1 100 Continue\r\n\r\n";
        assertFails(interim.repeat(1_000), "no status in the first 16384 bytes");
    }

    @Test
    void closesTheConnectionToASlowServerWhenTimeIsOver() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        RawServer.Behaviour slow = connection -> {
            connection.getOutputStream().write("HTTP/1.1 2".getBytes(US_ASCII));
            begun.countDown();
            while (connection.getInputStream().read() >= 0) {
                // Until the other side closes.
            }
        };
        try (RawServer server = RawServer.start(slow)) {
            Lifeline lifeline = new Lifeline(Runnable::run);
            CompletableFuture<String> result = Asking.begin(HEALTHZ, server.endpoint(), lifeline);
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(result).isNotDone();
            lifeline.cut();
            // While it waits for the answer, or just before that.
            assertThat(result.get(30, TimeUnit.SECONDS)).isIn("Socket closed", "Socket is closed");
            assertThat(server.ended.poll(30, TimeUnit.SECONDS)).isNotNull();
        }
    }

    @Test
    void opensNoConnectionThatNobodyWantsAnyMore() throws Exception {
        try (RawServer server = RawServer.start(answering("HTTP/1.1 200 OK\r\n\r\n"))) {
            Lifeline lifeline = new Lifeline(Runnable::run);
            lifeline.cut();
            assertThat(Asking.begin(HEALTHZ, server.endpoint(), lifeline).get(30, TimeUnit.SECONDS))
                    .isEqualTo("Socket is closed");
            assertThat(requests).isEmpty();
        }
    }

    @Test
    void takesAConnectionForEnoughByTcp() throws Exception {
        try (RawServer server =
                RawServer.start(connection -> connection.getInputStream().read())) {
            assertThat(Asking.ask(HealthCheck.tcp(), server.endpoint())).isEqualTo("passed");
            assertThat(server.ended.poll(30, TimeUnit.SECONDS)).isEqualTo("served");
        }
    }

    @Test
    void tellsWhenNobodyTakesAConnection() throws Exception {
        // Bound, so that nobody else listens there, and not listening.
        try (Socket taken = new Socket()) {
            taken.bind(new InetSocketAddress("127.0.4.1", 0));
            Endpoint endpoint = Endpoint.of("127.0.4.1", taken.getLocalPort());
            assertThat(Asking.ask(HealthCheck.tcp(), endpoint)).isEqualTo("Connection refused");
            assertThat(Asking.ask(HEALTHZ, endpoint)).isEqualTo("Connection refused");
        }
    }
}
