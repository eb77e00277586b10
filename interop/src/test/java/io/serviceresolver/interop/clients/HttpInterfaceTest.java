package io.serviceresolver.interop.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** Spring's HTTP interfaces. */
class HttpInterfaceTest {

    /** What can be called. */
    interface OrdersApi {
        @GetExchange("/orders/{id}")
        String order(@PathVariable int id);

        @PostExchange("/orders")
        String add(@RequestBody String order);

        @GetExchange("/missing")
        String missing();
    }

    private static OrdersApi api(HttpClient http, String url) {
        RestClient client = RestClient.builder()
                .requestFactory(new JdkClientHttpRequestFactory(http))
                .baseUrl(url)
                .build();
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
                .build()
                .createClient(OrdersApi.class);
    }

    @ParameterizedTest
    @EnumSource
    void callsAndMapsFailures(Way way) throws Exception {
        try (Orders orders = Orders.good()) {
            OrdersApi api = api(orders.client(way), orders.url(way));
            assertThat(api.order(7)).isEqualTo("order of /orders/7");
            assertThat(api.add("two of them")).isEqualTo("two of them");
            assertThatThrownBy(api::missing).isInstanceOf(HttpClientErrorException.NotFound.class);
        }
    }

    @Test
    void deadPodsAreNotNoticed() throws Exception {
        try (Orders orders = Orders.withDeadPods()) {
            RestClient skippy = RestClient.builder()
                    .requestFactory(new JdkClientHttpRequestFactory(orders.client(Way.BY_NAME)))
                    .baseUrl("http://skippy")
                    .build();
            OrdersApi api = HttpServiceProxyFactory.builderFor(RestClientAdapter.create(skippy))
                    .build()
                    .createClient(OrdersApi.class);
            orders.assertDeadPodsAreNotNoticed(() -> api.order(7));
        }
    }
}
