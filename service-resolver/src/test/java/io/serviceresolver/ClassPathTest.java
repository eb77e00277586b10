package io.serviceresolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.dns.DnsSourceProvider;
import io.serviceresolver.k8s.EndpointSliceSourceProvider;
import io.serviceresolver.source.EndpointSourceProvider;
import java.util.Comparator;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** What a service gets that depends on this one artifact. */
class ClassPathTest {

    @Test
    void offersTheWatchBeforeDns() {
        assertThat(ServiceLoader.load(EndpointSourceProvider.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .sorted(Comparator.comparingInt(EndpointSourceProvider::order))
                        .map(Object::getClass))
                .containsExactly(EndpointSliceSourceProvider.class, DnsSourceProvider.class);
    }

    @Test
    void outsideAClusterSaysThatTheEnvironmentKnowsNothing() {
        try (ServiceResolver resolver = ServiceResolver.create()) {
            assertThatThrownBy(() -> resolver.service("skippy").resolve())
                    .isInstanceOf(NoEndpointsException.class)
                    .hasMessageContaining("environment: SKIPPY_SERVICE_HOST is not set");
        }
    }
}
