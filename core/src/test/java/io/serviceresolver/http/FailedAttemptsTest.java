package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.testkit.PodServer;
import io.serviceresolver.testkit.PodSocket;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What callers read of attempts that failed. */
class FailedAttemptsTest {

    private static final HttpRequest GET = HttpRequest.newBuilder(Skippy.ROOT).build();

    private final List<PodServer> pods = PodServer.fleet(2, 0);
    private final Skippy skippy =
            Skippy.retrying(HttpRetryTest.AT_ONCE, Skippy.client(Version.HTTP_1_1), Skippy.endpoints(pods));

    @AfterEach
    void stop() {
        skippy.close();
        pods.forEach(PodServer::close);
    }

    private void assertNamesBoth(String message) {
        assertThat(message)
                .startsWith("skippy.shield:(http): 2 attempts failed (")
                .endsWith(" CONNECT_FAILED)")
                .contains(Skippy.endpoints(pods)[0].authority() + " CONNECT_FAILED")
                .contains(Skippy.endpoints(pods)[1].authority() + " CONNECT_FAILED");
    }

    @ParameterizedTest
    @EnumSource
    void aServiceThatRefusesAllConnectionsIsNamedWithThePodsThatWereTried(Way way) {
        pods.forEach(PodServer::close);
        assertThatThrownBy(() -> way.call(skippy.client, GET, ofString()))
                .isInstanceOf(ConnectException.class)
                .satisfies(e -> assertNamesBoth(String.valueOf(e.getMessage())));
    }

    @ParameterizedTest
    @EnumSource
    void aFailureThatSaysSomethingBearsThePodBesides(Way way) throws Exception {
        try (PodSocket pod = PodSocket.start("127.0.1.8", 0, PodSocket.resettingAfter("HTTP/1.1 20"));
                Skippy broken = new Skippy(Version.HTTP_1_1, Endpoint.of(pod.address(), pod.port()))) {
            assertThatThrownBy(() -> way.call(broken.client, GET, ofString()))
                    .isInstanceOf(IOException.class)
                    .hasSuppressedException(new IOException("skippy.shield:(http): 1 attempt failed (" + pod.address()
                            + ":" + pod.port() + " IO_ERROR)"));
        }
    }
}
