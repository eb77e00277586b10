package io.serviceresolver.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import io.serviceresolver.call.Outcome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Pods that speak HTTP/1.1 and HTTP/2 in clear text (h2c), with the faults of WireMock. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WireMockTest {

    private final WireMockPods pods = WireMockPods.start(3);

    @BeforeAll
    void stub() {
        pods.answer("/error", aResponse().withStatus(503).withBody("no"));
        pods.answer("/slow", aResponse().withFixedDelay(30_000));
        for (Fault fault : Fault.values()) {
            pods.answer("/" + fault, aResponse().withFault(fault));
        }
    }

    @AfterAll
    void stop() {
        pods.close();
    }

    static Stream<Arguments> versionsAndWays() {
        return Stream.of(Version.HTTP_1_1, Version.HTTP_2)
                .flatMap(version -> Stream.of(Way.values()).map(way -> Arguments.of(version, way)));
    }

    static Stream<Arguments> faults() {
        return versionsAndWays()
                .flatMap(arguments -> Stream.of(Fault.values())
                        .map(fault -> Arguments.of(arguments.get()[0], arguments.get()[1], fault)));
    }

    @ParameterizedTest
    @MethodSource("versionsAndWays")
    void spreadsCallsOverThePods(Version version, Way way) throws Exception {
        try (Skippy skippy = new Skippy(version, pods.endpoints())) {
            Map<String, Integer> answers = new HashMap<>();
            for (int i = 0; i < 30; i++) {
                HttpResponse<String> response = way.call(skippy.client, Skippy.get("http://skippy/a"), ofString());
                assertThat(response.version()).isEqualTo(version);
                answers.merge(response.body(), 1, Integer::sum);
            }
            assertThat(answers).isEqualTo(Map.of("pod-1", 10, "pod-2", 10, "pod-3", 10));
            assertThat(skippy.stats().inFlight()).isZero();
            assertThat(skippy.stats().completed(Outcome.SUCCESS)).isEqualTo(30);
        }
    }

    @ParameterizedTest
    @MethodSource("versionsAndWays")
    void sendsMethodHeadersAndBody(Version version, Way way) throws Exception {
        try (Skippy skippy = new Skippy(version, pods.endpoints())) {
            HttpRequest post = HttpRequest.newBuilder(URI.create("http://skippy.shield.svc/orders?x=%20y"))
                    .header("Order", "7")
                    .POST(BodyPublishers.ofString("one pod"))
                    .build();
            HttpResponse<String> response = way.call(skippy.client, post, ofString());
            WireMockServer pod = pods.pod(Integer.parseInt(response.body().substring(4)));
            pod.verify(
                    1,
                    postRequestedFor(urlEqualTo("/orders?x=%20y"))
                            .withHeader("Order", equalTo("7"))
                            .withRequestBody(equalTo("one pod")));
            pod.resetRequests();
            skippy.assertEnded(Outcome.SUCCESS);
        }
    }

    @ParameterizedTest
    @MethodSource("versionsAndWays")
    void reportsServerErrors(Version version, Way way) throws Exception {
        try (Skippy skippy = new Skippy(version, pods.endpoints())) {
            HttpResponse<String> response = way.call(skippy.client, Skippy.get("http://skippy/error"), ofString());
            assertThat(response.body()).isEqualTo("no");
            skippy.assertEnded(Outcome.SERVER_ERROR);
        }
    }

    @ParameterizedTest
    @MethodSource("versionsAndWays")
    void triesEachPodBeforeTheCallerSeesAnError(Version version, Way way) throws Exception {
        try (Skippy skippy = Skippy.retrying(HttpRetryTest.AT_ONCE, Skippy.client(version), pods.endpoints())) {
            HttpResponse<String> response = way.call(skippy.client, Skippy.get("http://skippy/error"), ofString());
            assertThat(response.body()).isEqualTo("no");
            skippy.assertEnded(Outcome.SERVER_ERROR, Outcome.SERVER_ERROR, Outcome.SERVER_ERROR);
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void reportsBrokenAnswers(Version version, Way way, Fault fault) {
        try (Skippy skippy = new Skippy(version, pods.endpoints())) {
            HttpRequest request = Skippy.get("http://skippy/" + fault);
            assertThatThrownBy(() -> way.call(skippy.client, request, ofString()))
                    .isInstanceOf(IOException.class);
            skippy.assertEnded(Outcome.IO_ERROR);
        }
    }

    @ParameterizedTest
    @MethodSource("versionsAndWays")
    void reportsTimeouts(Version version, Way way) {
        try (Skippy skippy = new Skippy(version, pods.endpoints())) {
            HttpRequest hasty = HttpRequest.newBuilder(URI.create("http://skippy/slow"))
                    .timeout(Duration.ofMillis(500))
                    .build();
            Throwable timeout = catchThrowable(() -> way.call(skippy.client, hasty, ofString()));
            skippy.assertEnded(Skippy.late(timeout));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void cancelsOnTheWire(Version version) {
        try (Skippy skippy = new Skippy(version, pods.endpoints())) {
            var future = skippy.client.sendAsync(Skippy.get("http://skippy/slow"), ofString());
            assertThat(skippy.stats().inFlight()).isEqualTo(1);
            assertThat(future.cancel(true)).isTrue();
            skippy.assertEnded(Outcome.CANCELLED);
        }
    }
}
