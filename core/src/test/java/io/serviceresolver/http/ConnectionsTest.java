package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.ofInputStream;
import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.testkit.PodServer;
import io.serviceresolver.testkit.PodSocket;
import java.io.InputStream;
import java.net.http.HttpClient.Version;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections are those of a Pod, not of an address. Here, a connection leads to the Pod that had the address when it was opened. */
class ConnectionsTest {

    private final AtomicInteger connections = new AtomicInteger();

    /** Answers with the number of the connection. */
    private PodSocket address() {
        return PodSocket.start("127.0.1.9", 0, connection -> {
            int number = connections.incrementAndGet();
            while (!connection.readRequest().isEmpty()) {
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + number);
            }
        });
    }

    static List<ServiceHttpOptions> options() {
        return List.of(
                ServiceHttpOptions.defaults(), ServiceHttpOptions.defaults().absoluteForm());
    }

    private static Skippy skippy(ServiceHttpOptions options, Endpoint pod) {
        return new Skippy(Skippy.client(Version.HTTP_1_1), options, RetryPolicy.never(), pod);
    }

    private static Endpoint pod(PodSocket address, String uid) {
        return Endpoint.builder(address.address(), address.port()).uid(uid).build();
    }

    private static void become(Skippy skippy, Endpoint... pods) {
        skippy.source.set("skippy", pods);
        ServiceName name = new ServiceName("skippy", "shield", ServicePort.forScheme("http"));
        Skippy.await(
                "the change",
                () -> skippy.resolver.service(name).endpoints().endpoints().equals(List.of(pods)));
    }

    private static String get(Skippy skippy, String uri) throws Exception {
        return skippy.client.send(Skippy.get(uri), ofString()).body();
    }

    @ParameterizedTest
    @MethodSource("options")
    void aCallToAPodGoesOverNoConnectionToThePodThatHadItsAddress(ServiceHttpOptions options) throws Exception {
        try (PodSocket address = address();
                Skippy skippy = skippy(options, pod(address, "old"))) {
            assertThat(get(skippy, "http://skippy/")).isEqualTo("1");
            assertThat(get(skippy, "http://skippy/")).isEqualTo("1");
            become(skippy, pod(address, "new"));
            assertThat(get(skippy, "http://skippy/")).isEqualTo("2");
            assertThat(get(skippy, "http://skippy/")).isEqualTo("2");
        }
    }

    @ParameterizedTest
    @MethodSource("options")
    void aCallToAServiceGoesOverNoConnectionToThePodOfAnother(ServiceHttpOptions options) throws Exception {
        try (PodSocket address = address();
                Skippy skippy = skippy(options, Endpoint.of(address.address(), address.port()))) {
            skippy.source.set("other", Endpoint.of(address.address(), address.port()));
            assertThat(get(skippy, "http://skippy/")).isEqualTo("1");
            assertThat(get(skippy, "http://other/")).isEqualTo("2");
            assertThat(get(skippy, "http://skippy/")).isEqualTo("1");
        }
    }

    @Test
    void servicesThatShareAPodShareItsConnections() throws Exception {
        try (PodSocket address = address();
                Skippy skippy = skippy(ServiceHttpOptions.defaults(), pod(address, "shared"))) {
            skippy.source.set("other", pod(address, "shared"));
            assertThat(get(skippy, "http://skippy/")).isEqualTo("1");
            assertThat(get(skippy, "http://other/")).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void callsGoOnAtAPodThatTerminatesOrIsGoneButNoneIsAdded(Going going) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        PodSocket.Script slow = connection -> {
            connection.readRequest();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nsk");
            await(end);
            connection.write("ip");
            connection.readToEnd();
        };
        try (PodSocket leaving = PodSocket.start("127.0.1.9", 0, slow);
                PodServer staying = PodServer.start("staying", "127.0.1.1", 0);
                Skippy skippy = skippy(ServiceHttpOptions.defaults(), pod(leaving, "leaving"))) {
            InputStream body = skippy.client.send(Skippy.get(), ofInputStream()).body();
            become(skippy, going.of(pod(leaving, "leaving"), Endpoint.of(staying.address(), staying.port())));
            for (int i = 0; i < 10; i++) {
                assertThat(get(skippy, "http://skippy/")).isEqualTo("staying");
            }
            assertThat(leaving.connections()).isEqualTo(1);
            assertThat(skippy.stats().inFlight()).isEqualTo(1);
            end.countDown();
            assertThat(body.readAllBytes()).asString().isEqualTo("skip");
            skippy.awaitEnded(Collections.nCopies(11, Outcome.SUCCESS).toArray(Outcome[]::new));
        }
    }

    /** How a Pod goes. */
    enum Going {
        TERMINATING {
            @Override
            Endpoint[] of(Endpoint leaving, Endpoint staying) {
                Endpoint terminating = leaving.toBuilder()
                        .conditions(new Conditions(false, true, true))
                        .build();
                return new Endpoint[] {terminating, staying};
            }
        },
        GONE {
            @Override
            Endpoint[] of(Endpoint leaving, Endpoint staying) {
                return new Endpoint[] {staying};
            }
        };

        abstract Endpoint[] of(Endpoint leaving, Endpoint staying);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Of one call at a time there is one connection to each Pod that was called. */
    @Test
    void asManyConnectionsAreOpenAsCallsWereAtOnce() throws Exception {
        try (PodSocket address = address();
                Skippy skippy = skippy(ServiceHttpOptions.defaults(), pod(address, "only"))) {
            for (int i = 0; i < 50; i++) {
                get(skippy, "http://skippy/");
            }
            assertThat(connections).hasValue(1);
            List<CompletableFuture<String>> atOnce = java.util.stream.Stream.generate(() ->
                            skippy.client.sendAsync(Skippy.get(), ofString()).thenApply(response -> response.body()))
                    .limit(10)
                    .toList();
            for (CompletableFuture<String> call : atOnce) {
                call.get(30, SECONDS);
            }
            assertThat(address.open()).isLessThanOrEqualTo(10);
        }
    }
}
