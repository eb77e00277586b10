package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.testkit.PodSocket;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A call that cannot be made again as it was to be shows why it was to be. */
class ClosedRetryTest {

    /** The wait is random, and all but never shorter than a test. */
    private static final Duration CENTURY = Duration.ofDays(36_500);

    @ParameterizedTest
    @EnumSource
    void whereTheResolverIsClosedMeanwhile(Way way) throws Exception {
        HttpRequest put = HttpRequest.newBuilder(Skippy.ROOT)
                .PUT(BodyPublishers.ofString("order"))
                .build();
        try (PodSocket one = PodSocket.start("127.0.1.8", 0, PodSocket.resettingAfter(""));
                PodSocket other = PodSocket.start("127.0.1.9", 0, PodSocket.resettingAfter(""));
                Skippy skippy = Skippy.retrying(
                        RetryPolicy.standard().withBackoff(CENTURY, CENTURY),
                        Skippy.client(Version.HTTP_1_1),
                        Endpoint.of(one.address(), one.port()),
                        Endpoint.of(other.address(), other.port()))) {
            Thread closing = new Thread(() -> {
                Skippy.await("the wait begins", () -> skippy.stats().retries() == 1);
                skippy.resolver.close();
            });
            closing.start();
            assertThatThrownBy(() -> way.call(skippy.client, put, ofString()))
                    .isInstanceOf(IllegalStateException.class)
                    .satisfies(
                            e -> assertThat(e.getSuppressed()).singleElement().isInstanceOf(IOException.class));
            closing.join();
        }
    }
}
