package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.ofInputStream;
import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.testkit.PodSocket;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Which of several clients a call goes by. */
class PodClientsTest {

    private static final ServiceName SKIPPY = service("skippy");
    private static final int MOST_CLIENTS = 4;
    private static final int MOST_ADDRESSES = 4_096;

    private final HttpClient given = HttpClient.newHttpClient();
    private final PodClients clients = PodClients.with(given, HttpClient::newHttpClient);

    private static ServiceName service(String name) {
        return new ServiceName(name, "shield", ServicePort.forScheme("http"));
    }

    private static Endpoint pod(String address, @Nullable String uid) {
        return Endpoint.builder(address, 8080).uid(uid).build();
    }

    private HttpClient of(ServiceName service, Endpoint pod) {
        try {
            return clients.send(service, pod, client -> client);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aPodKeepsItsClient() {
        assertThat(of(SKIPPY, pod("10.0.0.1", "a"))).isSameAs(given);
        assertThat(of(SKIPPY, pod("10.0.0.2", "b"))).isSameAs(given);
        assertThat(of(SKIPPY, pod("10.0.0.1", "a"))).isSameAs(given);
        assertThat(of(service("headless"), pod("10.0.0.1", "a"))).isSameAs(given);
        assertThat(clients.size()).isEqualTo(1);
    }

    @Test
    void anotherPodAtTheSameAddressHasAnotherClient() {
        HttpClient first = of(SKIPPY, pod("10.0.0.1", "a"));
        HttpClient second = of(SKIPPY, pod("10.0.0.1", "b"));
        assertThat(second).isNotSameAs(first);
        assertThat(of(SKIPPY, pod("10.0.0.1", "b"))).isSameAs(second);
        assertThat(of(SKIPPY, pod("10.0.0.1", "a"))).isSameAs(first);
        assertThat(of(SKIPPY, pod("10.0.0.2", "c"))).isSameAs(first);
        assertThat(of(SKIPPY, pod("10.0.0.2", "d"))).isSameAs(second);
        assertThat(clients.size()).isEqualTo(2);
    }

    /** A source may not know UIDs, as DNS; it may stand in for one that does. */
    @Test
    void aPodWithoutAUidIsThatOfItsService() {
        HttpClient first = of(SKIPPY, pod("10.0.0.1", null));
        assertThat(of(SKIPPY, pod("10.0.0.1", "a"))).isSameAs(first);
        assertThat(of(SKIPPY, pod("10.0.0.1", null))).isSameAs(first);
        HttpClient second = of(SKIPPY, pod("10.0.0.1", "b"));
        assertThat(second).isNotSameAs(first);
        assertThat(of(SKIPPY, pod("10.0.0.1", null))).isSameAs(second);
        HttpClient other = of(service("other"), pod("10.0.0.1", null));
        assertThat(other).isNotSameAs(first).isNotSameAs(second);
        assertThat(of(service("other"), pod("10.0.0.1", null))).isSameAs(other);
    }

    @Test
    void thereAreAFewClientsAtMostAndTheGivenOneStays() {
        HttpClient second = null;
        for (int i = 0; i < 3 * MOST_CLIENTS; i++) {
            HttpClient client = of(SKIPPY, pod("10.0.0.1", "uid-" + i));
            second = i == 1 ? client : second;
        }
        assertThat(clients.size()).isEqualTo(MOST_CLIENTS);
        assertThat(of(SKIPPY, pod("10.0.0.1", "uid-0"))).isSameAs(given);
        assertThat(of(SKIPPY, pod("10.0.0.1", "uid-1"))).isNotSameAs(second);
        assertThat(of(SKIPPY, pod("10.0.0.2", "a"))).isSameAs(given);
    }

    @Test
    void anAddressIsForgottenWhenManyOthersWereUsedSince() {
        of(SKIPPY, pod("10.0.0.1", "a"));
        for (int i = 0; i < MOST_ADDRESSES; i++) {
            of(SKIPPY, pod("10.1." + i / 256 + "." + i % 256, "b"));
        }
        assertThat(of(SKIPPY, pod("10.0.0.1", "c"))).isSameAs(given);
    }

    /** It cannot be told what that does besides, so that no other one can stand in for it. */
    @Test
    void aClientThatIsNotTheJdksOwnIsTheOnlyOneUnlessItIsSaidHowToMakeOthers() throws IOException {
        HttpClient decorated = new RecordingClient();
        ServiceHttpOptions options = ServiceHttpOptions.defaults();
        for (String uid : new String[] {"a", "b"}) {
            assertThat(new ServiceClients(decorated, options, null)
                            .plain(decorated)
                            .<HttpClient, IOException>send(SKIPPY, pod("10.0.0.1", uid), client -> client))
                    .isSameAs(decorated);
        }
        HttpClient made = new RecordingClient();
        PodClients both = new ServiceClients(decorated, options.clients(builder -> made), null).plain(decorated);
        assertThat(both.<HttpClient, IOException>send(SKIPPY, pod("10.0.0.1", "a"), client -> client))
                .isSameAs(decorated);
        assertThat(both.<HttpClient, IOException>send(SKIPPY, pod("10.0.0.1", "b"), client -> client))
                .isSameAs(made);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void aClientThatIsLetGoEndsItsCallsAndThenItsConnections() throws Exception {
        PodSocket.Script slow = connection -> {
            connection.readRequest();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nha");
            connection.readRequest();
        };
        try (PodSocket busy = PodSocket.start("127.0.1.8", 0, slow);
                PodSocket idle = PodSocket.start(
                        "127.0.1.9", 0, PodSocket.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"))) {
            PodClients made = PodClients.made(
                    () -> HttpClient.newBuilder().version(Version.HTTP_1_1).build());
            send(made, idle);
            assertThat(idle.open()).isEqualTo(1);
            try (InputStream body = made.send(
                    SKIPPY,
                    Endpoint.of(busy.address(), busy.port()),
                    client -> client.sendAsync(request(busy), ofInputStream())
                            .join()
                            .body())) {
                made.retire();
                assertThat(body.readNBytes(2)).asString().isEqualTo("ha");
                assertThat(busy.open()).isEqualTo(1);
            }
            busy.awaitIdle();
            idle.awaitIdle();
        }
    }

    private static HttpRequest request(PodSocket pod) {
        return HttpRequest.newBuilder(Endpoint.of(pod.address(), pod.port()).uri("http"))
                .build();
    }

    private static void send(PodClients by, PodSocket pod) throws Exception {
        String body = by.<String, Exception>send(
                SKIPPY,
                Endpoint.of(pod.address(), pod.port()),
                client -> client.send(request(pod), ofString()).body());
        assertThat(body).isEqualTo("ok");
    }
}
