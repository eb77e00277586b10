package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.ServiceResolver;
import io.serviceresolver.ServiceStats;
import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.endpoint.AddressPolicy;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.source.EnvironmentSource;
import io.serviceresolver.testkit.PodServer;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls to the one address that the environment tells, behind which the cluster chooses. */
class ClusterIpTest {

    private static ServiceResolver resolver(PodServer at) {
        return ServiceResolver.builder()
                .source(EnvironmentSource.of(Map.of(
                        "SKIPPY_SERVICE_HOST", at.address(), "SKIPPY_SERVICE_PORT", Integer.toString(at.port()))))
                .addresses(AddressPolicy.standard().permitLoopback())
                .cluster(new ClusterContext("shield", "cluster.local"))
                .firstAnswerTimeout(Duration.ofSeconds(30))
                .retries(RetryPolicy.standard().withBackoff(Duration.ZERO, Duration.ZERO))
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatAnotherPodMayGiveIsAskedForAgain(Way way) throws Exception {
        AtomicInteger requests = new AtomicInteger();
        try (PodServer pod = PodServer.start("pod-1", "127.0.1.1", 0);
                ServiceResolver resolver = resolver(pod)) {
            pod.handler(exchange -> exchange.sendResponseHeaders(requests.incrementAndGet() < 3 ? 503 : 204, -1));
            HttpClient client = ServiceHttpClient.wrap(Skippy.client(Version.HTTP_1_1), resolver);
            HttpResponse<String> response = way.call(client, Skippy.get(), ofString());
            assertThat(response.statusCode()).isEqualTo(204);
            assertThat(requests).hasValue(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatIsRefusedIsTriedAgainWithinTheBudget(Way way) {
        PodServer gone = PodServer.start("pod-1", "127.0.1.1", 0);
        gone.close();
        try (ServiceResolver resolver = resolver(gone)) {
            ServiceHttpClient client = ServiceHttpClient.wrap(Skippy.client(Version.HTTP_1_1), resolver);
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> way.call(client, Skippy.get(), ofString()))
                        .isInstanceOf(ConnectException.class);
            }
            ServiceStats stats = resolver.service(new ServiceName("skippy", "shield", ServicePort.forScheme("http")))
                    .stats();
            assertThat(stats.retries()).isEqualTo(10);
            assertThat(stats.retriesRefused()).isEqualTo(2);
            assertThat(stats.inFlight()).isZero();
        }
    }
}
