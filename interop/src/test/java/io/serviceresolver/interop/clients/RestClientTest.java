package io.serviceresolver.interop.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.ServiceResolver;
import io.serviceresolver.http.ServiceHttpClient;
import io.serviceresolver.http.ServiceHttpOptions;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/** Spring's {@code RestClient}. */
class RestClientTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(200);

    private static RestClient client(Orders orders, Way way, Duration readTimeout) {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(orders.client(way));
        requests.setReadTimeout(readTimeout);
        return RestClient.builder()
                .requestFactory(requests)
                .baseUrl(orders.url(way))
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void callsAndMapsFailures(Way way) throws Exception {
        try (Orders orders = Orders.good()) {
            RestClient client = client(orders, way, LONG);
            assertThat(client.get().uri("/orders/{id}", 7).retrieve().body(String.class))
                    .isEqualTo("order of /orders/7");
            ResponseEntity<String> added =
                    client.post().uri("/orders").body("two of them").retrieve().toEntity(String.class);
            assertThat(added.getStatusCode()).isEqualTo(HttpStatus.CREATED);
            assertThat(added.getBody()).isEqualTo("two of them");
            assertThatThrownBy(() -> client.get().uri("/missing").retrieve().body(String.class))
                    .isInstanceOf(HttpClientErrorException.NotFound.class)
                    .hasMessageContaining("no such order");
            assertThatThrownBy(() -> client.get().uri("/broken").retrieve().body(String.class))
                    .isInstanceOf(HttpServerErrorException.InternalServerError.class)
                    .hasMessageContaining("a fault");
            assertThatThrownBy(() -> client.get().uri("/busy").retrieve().body(String.class))
                    .isInstanceOf(HttpServerErrorException.ServiceUnavailable.class)
                    .hasMessageContaining("busy");
        }
    }

    @ParameterizedTest
    @EnumSource
    void streamsABody(Way way) throws Exception {
        try (Orders orders = Orders.good()) {
            Long lines = client(orders, way, LONG)
                    .get()
                    .uri("/lines")
                    .exchange(
                            (request, response) -> new BufferedReader(new InputStreamReader(response.getBody(), UTF_8))
                                    .lines()
                                    .count());
            assertThat(lines).isEqualTo(OrderPod.LINES);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theReadTimeoutEndsACall(Way way) throws Exception {
        try (Orders orders = Orders.good()) {
            RestClient client = client(orders, way, SHORT);
            assertThatThrownBy(() -> client.get().uri("/silent").retrieve().body(String.class))
                    .isInstanceOf(ResourceAccessException.class)
                    .hasCauseInstanceOf(HttpTimeoutException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theReadTimeoutEndsABody(Way way) throws Exception {
        try (Orders orders = Orders.good()) {
            client(orders, way, LONG).get().uri("/orders/7").retrieve().toBodilessEntity();
            RestClient client = client(orders, way, Duration.ofMillis(500));
            // The time of a call may be over before its body has begun.
            orders.callUntilBrokenOff(() -> assertThatThrownBy(() -> client.get()
                            .uri("/endless")
                            .exchange((request, response) ->
                                    response.getBody().transferTo(OutputStream.nullOutputStream())))
                    .isInstanceOf(ResourceAccessException.class));
        }
    }

    @Test
    void deadPodsAreNotNoticed() throws Exception {
        try (Orders orders = Orders.withDeadPods()) {
            ServiceResolver resolver = orders.resolver;
            HttpClient http = ServiceHttpClient.wrap(
                    HttpClient.newBuilder()
                            .connectTimeout(Duration.ofSeconds(1))
                            .build(),
                    resolver,
                    ServiceHttpOptions.defaults().attemptTimeout(Duration.ofSeconds(5)));
            JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(http);
            requests.setReadTimeout(Duration.ofSeconds(10));
            RestClient skippy = RestClient.builder()
                    .requestFactory(requests)
                    .baseUrl("http://skippy")
                    .build();
            orders.assertDeadPodsAreNotNoticed(
                    () -> skippy.get().uri("/orders/{id}", 7).retrieve().body(String.class));
        }
    }

    @Test
    void aSilentPodIsNotNoticedWithinTheReadTimeout() throws Exception {
        try (Orders orders = Orders.withSilentPod()) {
            ServiceHttpOptions options = ServiceHttpOptions.defaults().attemptTimeout(Duration.ofSeconds(2));
            JdkClientHttpRequestFactory requests =
                    new JdkClientHttpRequestFactory(ServiceHttpClient.wrap(Orders.jdk(), orders.resolver, options));
            requests.setReadTimeout(LONG);
            RestClient skippy = RestClient.builder()
                    .requestFactory(requests)
                    .baseUrl("http://skippy")
                    .build();
            for (int i = 0; i < 3; i++) {
                assertThat(skippy.get().uri("/orders/{id}", 7).retrieve().body(String.class))
                        .isEqualTo("order of /orders/7");
            }
            assertThat(orders.stats().retries()).isPositive();
        }
    }

    /** Spring hands its bodies over as streams, of which nobody knows whether they can be sent twice: so they are kept. */
    @Test
    void aBodyIsSentAgainIfItsMethodIsIdempotent() throws Exception {
        try (Orders orders = Orders.good()) {
            RestClient client = client(orders, Way.BY_NAME, LONG);
            orders.first.fail();
            for (int i = 0; i < 4; i++) {
                assertThat(client.put()
                                .uri("/orders")
                                .body("two of them")
                                .retrieve()
                                .body(String.class))
                        .isEqualTo("two of them");
            }
            assertThat(orders.stats().retries()).isPositive();
            orders.second.fail();
            int before = orders.requests();
            assertThatThrownBy(() ->
                            client.post().uri("/orders").body("one").retrieve().body(String.class))
                    .isInstanceOf(HttpServerErrorException.ServiceUnavailable.class);
            assertThat(orders.requests()).isEqualTo(before + 1);
        }
    }
}
