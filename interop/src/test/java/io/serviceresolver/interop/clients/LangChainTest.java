package io.serviceresolver.interop.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import io.serviceresolver.ServiceResolver;
import io.serviceresolver.http.ServiceHttpClientBuilder;
import io.serviceresolver.http.ServiceHttpOptions;
import java.net.http.HttpClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The client of LangChain4j, which takes a builder of the JDK's, as others do. */
class LangChainTest {

    private static JdkHttpClient client(Orders orders, Way way, Duration readTimeout) {
        HttpClient.Builder builder = way == Way.BY_ADDRESS
                ? HttpClient.newBuilder()
                : ServiceHttpClientBuilder.wrap(
                        HttpClient.newBuilder(), orders.resolver, ServiceHttpOptions.defaults());
        return JdkHttpClient.builder()
                .httpClientBuilder(builder)
                .connectTimeout(Duration.ofSeconds(30))
                .readTimeout(readTimeout)
                .build();
    }

    private static HttpRequest request(HttpMethod method, String url) {
        return HttpRequest.builder().method(method).url(url).body("two of them").build();
    }

    private static HttpRequest get(String url) {
        return HttpRequest.builder().method(HttpMethod.GET).url(url).build();
    }

    @ParameterizedTest
    @EnumSource
    void callsAndMapsFailures(Way way) throws Exception {
        try (Orders orders = Orders.good()) {
            JdkHttpClient client = client(orders, way, Duration.ofSeconds(30));
            assertThat(client.execute(get(orders.url(way) + "/orders/7")).body())
                    .isEqualTo("order of /orders/7");
            assertThat(client.execute(request(HttpMethod.POST, orders.url(way) + "/orders"))
                            .body())
                    .isEqualTo("two of them");
            assertThatThrownBy(() -> client.execute(get(orders.url(way) + "/broken")))
                    .isInstanceOfSatisfying(
                            HttpException.class,
                            failure -> assertThat(failure.statusCode()).isEqualTo(500));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theReadTimeoutEndsACall(Way way) throws Exception {
        try (Orders orders = Orders.good()) {
            JdkHttpClient client = client(orders, way, Duration.ofMillis(200));
            assertThatThrownBy(() -> client.execute(get(orders.url(way) + "/silent")))
                    .isInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void deadPodsAreNotNoticed() throws Exception {
        try (Orders orders = Orders.withDeadPods()) {
            ServiceResolver resolver = orders.resolver;
            ServiceHttpOptions options = ServiceHttpOptions.defaults();
            JdkHttpClientBuilder skippy = JdkHttpClient.builder()
                    .httpClientBuilder(ServiceHttpClientBuilder.wrap(HttpClient.newBuilder(), resolver, options))
                    .connectTimeout(Duration.ofSeconds(1))
                    .readTimeout(Duration.ofSeconds(60));
            JdkHttpClient client = skippy.build();
            orders.assertDeadPodsAreNotNoticed(
                    () -> client.execute(get("http://skippy/orders/7")).body());
        }
    }
}
