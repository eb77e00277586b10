package io.serviceresolver.interop.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import feign.Feign;
import feign.FeignException;
import feign.Param;
import feign.Request;
import feign.RequestLine;
import feign.Response;
import feign.RetryableException;
import feign.Retryer;
import feign.http2client.Http2Client;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.http.ServiceHttpClient;
import io.serviceresolver.testkit.PodSocket;
import java.io.BufferedReader;
import java.io.Reader;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** OpenFeign's client for the JDK's. */
class FeignTest {

    /** What can be called. */
    interface OrdersApi {
        @RequestLine("GET /orders/{id}")
        String order(@Param("id") int id);

        @RequestLine("POST /orders")
        String add(String order);

        @RequestLine("GET /missing")
        String missing();

        @RequestLine("GET /broken")
        String broken();

        @RequestLine("PUT /busy")
        String put(String order);

        @RequestLine("POST /busy")
        String post(String order);

        @RequestLine("GET /silent")
        String silent();

        @RequestLine("GET /lines")
        Response lines();
    }

    /** Of the same settings as the client has, as else another client is called. */
    private static Request.Options options(int readMillis) {
        return new Request.Options(30, SECONDS, readMillis, MILLISECONDS, false);
    }

    private static OrdersApi api(Orders orders, Way way, Request.Options options) {
        return Feign.builder()
                .client(new Http2Client(orders.client(way)))
                .options(options)
                .retryer(Retryer.NEVER_RETRY)
                .target(OrdersApi.class, orders.url(way));
    }

    @ParameterizedTest
    @EnumSource
    void callsAndMapsFailures(Way way) throws Exception {
        try (Orders orders = Orders.good()) {
            OrdersApi api = api(orders, way, options(30_000));
            assertThat(api.order(7)).isEqualTo("order of /orders/7");
            assertThat(api.add("two of them")).isEqualTo("two of them");
            assertThatThrownBy(api::missing).isInstanceOf(FeignException.NotFound.class);
            assertThatThrownBy(api::broken).isInstanceOf(FeignException.InternalServerError.class);
            assertThatThrownBy(() -> api.put("one")).isInstanceOf(FeignException.ServiceUnavailable.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void streamsABody(Way way) throws Exception {
        try (Orders orders = Orders.good();
                Response response = api(orders, way, options(30_000)).lines();
                Reader reader = response.body().asReader(UTF_8)) {
            assertThat(new BufferedReader(reader).lines().count()).isEqualTo(OrderPod.LINES);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theReadTimeoutEndsACall(Way way) throws Exception {
        try (Orders orders = Orders.good()) {
            OrdersApi api = api(orders, way, options(200));
            assertThatThrownBy(api::silent)
                    .isInstanceOf(RetryableException.class)
                    .hasCauseInstanceOf(HttpTimeoutException.class);
        }
    }

    @Test
    void deadPodsAreNotNoticed() throws Exception {
        try (Orders orders = Orders.withDeadPods()) {
            HttpClient http = ServiceHttpClient.wrap(
                    HttpClient.newBuilder()
                            .connectTimeout(Duration.ofSeconds(1))
                            .build(),
                    orders.resolver);
            OrdersApi skippy = Feign.builder()
                    .client(new Http2Client(http))
                    .options(new Request.Options(1, SECONDS, 10, SECONDS, false))
                    .retryer(Retryer.NEVER_RETRY)
                    .target(OrdersApi.class, "http://skippy");
            orders.assertDeadPodsAreNotNoticed(() -> skippy.order(7));
        }
    }

    /** Feign knows its bodies as bytes, which can be sent twice. */
    @Test
    void aBodyIsSentAgainIfItsMethodIsIdempotent() throws Exception {
        try (Orders orders = Orders.good()) {
            OrdersApi api = api(orders, Way.BY_NAME, options(30_000));
            assertThatThrownBy(() -> api.post("one")).isInstanceOf(FeignException.ServiceUnavailable.class);
            assertThat(orders.requests()).isEqualTo(1);
            assertThatThrownBy(() -> api.put("one")).isInstanceOf(FeignException.ServiceUnavailable.class);
            assertThat(orders.requests()).isEqualTo(3);
        }
    }

    /** By the proxy of the client that Feign makes in its place one sees that ours was not asked, as ours refuses a proxy. */
    @Test
    void optionsThatDifferFromTheClientsGoAroundIt() throws Exception {
        try (Orders orders = Orders.good()) {
            InetSocketAddress proxy = new InetSocketAddress(orders.first.address(), orders.first.port());
            HttpClient wrapped = HttpClient.newBuilder()
                    .connectTimeout(Duration.ofSeconds(30))
                    .proxy(ProxySelector.of(proxy))
                    .build();
            Feign.Builder builder = Feign.builder()
                    .client(new Http2Client(ServiceHttpClient.wrap(wrapped, orders.resolver)))
                    .retryer(Retryer.NEVER_RETRY);
            OrdersApi around = builder.target(OrdersApi.class, "http://skippy");
            assertThat(around.order(7)).isEqualTo("order of http://skippy/orders/7");
            assertThat(orders.stats().completed(Outcome.SUCCESS)).isZero();
            OrdersApi through = builder.options(options(30_000)).target(OrdersApi.class, "http://skippy");
            assertThatThrownBy(() -> through.order(7)).hasMessageContaining("expected: none");
        }
    }

    /** By the JDK's client, as it has nothing to do with ours. */
    @Test
    void itsOwnRetriesAreFourWhateverTheMethod() {
        try (PodSocket pod = PodSocket.start("127.0.5.3", 0, PodSocket.closingAfter(""))) {
            OrdersApi api = Feign.builder()
                    .client(new Http2Client(Orders.jdk()))
                    .options(options(30_000))
                    .target(OrdersApi.class, "http://" + pod.address() + ":" + pod.port());
            assertThatThrownBy(() -> api.add("one")).isInstanceOf(RetryableException.class);
            assertThat(pod.connections()).isEqualTo(5);
        }
    }
}
