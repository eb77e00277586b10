package io.serviceresolver.interop.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.http.ServiceHttpClient;
import io.serviceresolver.http.ServiceHttpOptions;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** Spring's {@code WebClient}. */
class WebClientTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(200);

    private static WebClient client(Orders orders, Way way) {
        return WebClient.builder()
                .clientConnector(new JdkClientHttpConnector(orders.client(way)))
                .baseUrl(orders.url(way))
                .build();
    }

    private static Mono<String> get(WebClient client, String path) {
        return client.get().uri(path).retrieve().bodyToMono(String.class);
    }

    @ParameterizedTest
    @EnumSource
    void callsAndMapsFailures(Way way) throws Exception {
        try (Orders orders = Orders.good()) {
            WebClient client = client(orders, way);
            assertThat(get(client, "/orders/7").block(PATIENCE)).isEqualTo("order of /orders/7");
            ResponseEntity<String> added = Objects.requireNonNull(client.post()
                    .uri("/orders")
                    .bodyValue("two of them")
                    .retrieve()
                    .toEntity(String.class)
                    .block(PATIENCE));
            assertThat(added.getStatusCode()).isEqualTo(HttpStatus.CREATED);
            assertThat(added.getBody()).isEqualTo("two of them");
            assertThatThrownBy(() -> get(client, "/missing").block(PATIENCE))
                    .isInstanceOf(WebClientResponseException.NotFound.class);
            assertThatThrownBy(() -> get(client, "/broken").block(PATIENCE))
                    .isInstanceOf(WebClientResponseException.InternalServerError.class);
            assertThatThrownBy(() -> get(client, "/busy").block(PATIENCE))
                    .isInstanceOf(WebClientResponseException.ServiceUnavailable.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void streamsABody(Way way) throws Exception {
        try (Orders orders = Orders.good()) {
            Long lines = client(orders, way)
                    .get()
                    .uri("/lines")
                    .retrieve()
                    .bodyToFlux(String.class)
                    .count()
                    .block(PATIENCE);
            assertThat(lines).isEqualTo(OrderPod.LINES);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theReadTimeoutEndsACall(Way way) throws Exception {
        try (Orders orders = Orders.good()) {
            JdkClientHttpConnector connector = new JdkClientHttpConnector(orders.client(way));
            connector.setReadTimeout(SHORT);
            WebClient client = WebClient.builder()
                    .clientConnector(connector)
                    .baseUrl(orders.url(way))
                    .build();
            assertThatThrownBy(() -> get(client, "/silent").block(PATIENCE))
                    .isInstanceOf(WebClientRequestException.class)
                    .hasCauseInstanceOf(HttpTimeoutException.class);
        }
    }

    /** Spring reads a body for whoever else might subscribe to it, also when the one who did has cancelled: with any client. */
    @Test
    void theCallTimeoutEndsABodyThatNobodyWantsAnyMore() throws Exception {
        try (Orders orders = Orders.good()) {
            get(client(orders, Way.BY_NAME), "/orders/7").block(PATIENCE);
            ServiceHttpOptions options = ServiceHttpOptions.defaults().callTimeout(Duration.ofSeconds(5));
            HttpClient http = ServiceHttpClient.wrap(Orders.jdk(), orders.resolver, options);
            Long lines = WebClient.builder()
                    .clientConnector(new JdkClientHttpConnector(http))
                    .baseUrl("http://skippy")
                    .build()
                    .get()
                    .uri("/endless")
                    .retrieve()
                    .bodyToFlux(String.class)
                    .take(10)
                    .count()
                    .block(PATIENCE);
            assertThat(lines).isEqualTo(10);
            orders.awaitBrokenOff();
        }
    }

    @ParameterizedTest
    @EnumSource
    void cancellingEndsACallThatWaits(Way way) throws Exception {
        try (Orders orders = Orders.good()) {
            Disposable subscription = get(client(orders, way), "/silent").subscribe();
            orders.awaitRequest();
            subscription.dispose();
            orders.awaitIdle();
        }
    }

    @Test
    void deadPodsAreNotNoticed() throws Exception {
        try (Orders orders = Orders.withDeadPods()) {
            HttpClient http = orders.client(Way.BY_NAME);
            WebClient skippy = WebClient.builder()
                    .clientConnector(new JdkClientHttpConnector(http))
                    .baseUrl("http://skippy")
                    .build();
            orders.assertDeadPodsAreNotNoticed(() -> {
                Mono<String> order =
                        skippy.get().uri("/orders/{id}", 7).retrieve().bodyToMono(String.class);
                return order.block(PATIENCE);
            });
        }
    }

    /** As with {@code RestClient}. */
    @Test
    void aBodyIsSentAgainIfItsMethodIsIdempotent() throws Exception {
        try (Orders orders = Orders.good()) {
            WebClient client = client(orders, Way.BY_NAME);
            orders.first.fail();
            for (int i = 0; i < 4; i++) {
                assertThat(client.put()
                                .uri("/orders")
                                .bodyValue("two of them")
                                .retrieve()
                                .bodyToMono(String.class)
                                .block(PATIENCE))
                        .isEqualTo("two of them");
            }
            assertThat(orders.stats().retries()).isPositive();
        }
    }
}
