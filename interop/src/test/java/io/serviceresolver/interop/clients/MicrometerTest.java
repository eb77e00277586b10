package io.serviceresolver.interop.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.java11.instrument.binder.jdk.MicrometerHttpClient;
import io.micrometer.observation.ObservationRegistry;
import io.serviceresolver.ServiceResolver;
import io.serviceresolver.http.ServiceHttpClient;
import io.serviceresolver.http.ServiceHttpOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collection;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** Latency, as Micrometer measures it. */
class MicrometerTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();

    private static HttpRequest request(String url) {
        return HttpRequest.newBuilder(URI.create(url + "/orders/7"))
                .header(MicrometerHttpClient.URI_PATTERN_HEADER, "/orders/{id}")
                .build();
    }

    private long count(String... tags) {
        Collection<Timer> timers =
                registry.find("http.client.requests").tags(tags).timers();
        return timers.stream().mapToLong(Timer::count).sum();
    }

    private HttpClient measured(HttpClient http) {
        return MicrometerHttpClient.instrumentationBuilder(http, registry).build();
    }

    @ParameterizedTest
    @EnumSource
    void timesACall(Way way) throws Exception {
        try (Orders orders = Orders.good()) {
            HttpClient http = measured(orders.client(way));
            HttpRequest request = request(orders.url(way));
            http.send(request, BodyHandlers.ofString());
            http.sendAsync(request, BodyHandlers.ofString()).join();
            assertThat(count("method", "GET", "uri", "/orders/{id}", "status", "200", "outcome", "SUCCESS"))
                    .isEqualTo(2);
            assertThat(count()).isEqualTo(2);
        }
    }

    @Test
    void aroundOursItTimesCallsAndNotAttempts() throws Exception {
        try (Orders orders = Orders.withDeadPods()) {
            HttpClient http = orders.client(Way.BY_NAME);
            HttpClient measured = MicrometerHttpClient.instrumentationBuilder(http, registry)
                    .uriMapper(request -> "/orders/{id}")
                    .build();
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create("http://skippy/orders/7")).build();
            orders.assertDeadPodsAreNotNoticed(
                    () -> measured.send(request, BodyHandlers.ofString()).body());
            assertThat(count("uri", "/orders/{id}", "status", "200")).isEqualTo(Orders.CALLS);
            assertThat(count()).isEqualTo(Orders.CALLS);
        }
    }

    @Test
    void withinOursItTimesAttempts() throws Exception {
        try (Orders orders = Orders.withDeadPods()) {
            HttpClient jdk = Orders.jdk();
            ServiceResolver resolver = orders.resolver;
            HttpClient http = ServiceHttpClient.wrap(
                    measured(jdk),
                    resolver,
                    ServiceHttpOptions.defaults().clients(builder -> measured(builder.build())));
            HttpRequest request = request("http://skippy");
            orders.assertDeadPodsAreNotNoticed(
                    () -> http.send(request, BodyHandlers.ofString()).body());
            assertThat(count("uri", "/orders/{id}", "status", "200")).isEqualTo(Orders.CALLS);
            assertThat(count()).isEqualTo(Orders.CALLS + orders.stats().retries());
        }
    }

    @Test
    void springsOwnObservationsTellTheService() throws Exception {
        try (Orders orders = Orders.withDeadPods()) {
            HttpClient http = orders.client(Way.BY_NAME);
            ObservationRegistry observations = ObservationRegistry.create();
            observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(registry));
            RestClient skippy = RestClient.builder()
                    .requestFactory(new JdkClientHttpRequestFactory(http))
                    .observationRegistry(observations)
                    .baseUrl("http://skippy")
                    .build();
            orders.assertDeadPodsAreNotNoticed(() -> Objects.requireNonNull(
                    skippy.get().uri("/orders/{id}", 7).retrieve().body(String.class)));
            assertThat(count("client.name", "skippy", "uri", "/orders/{id}", "status", "200"))
                    .isEqualTo(Orders.CALLS);
        }
    }
}
