package io.serviceresolver.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppProtocolTest {

    @ParameterizedTest
    @CsvSource({
        "http, http",
        "HTTP, http",
        "https, https",
        "ws, ws",
        "wss, wss",
        "kubernetes.io/h2c, http",
        "kubernetes.io/ws, ws",
        "kubernetes.io/wss, wss"
    })
    void standsForAScheme(String appProtocol, String scheme) {
        assertThat(AppProtocol.scheme(appProtocol)).contains(scheme);
        assertThat(Endpoint.builder("10.0.0.7", 8080)
                        .appProtocol(appProtocol)
                        .build()
                        .scheme())
                .contains(scheme);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tcp", "grpc", "http ", "kubernetes.io/http", "example.com/h2c"})
    void standsForNoneWhereItIsAnother(String appProtocol) {
        assertThat(AppProtocol.scheme(appProtocol)).isEmpty();
    }

    @Test
    void isNotThereForAnEndpointThatDeclaresNone() {
        assertThat(Endpoint.of("10.0.0.7", 8080).scheme()).isEmpty();
    }
}
