package io.serviceresolver;

import static io.serviceresolver.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.call.CallOptions;
import io.serviceresolver.call.EndpointCall;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.PodLabels;
import io.serviceresolver.endpoint.ServiceTraits;
import io.serviceresolver.source.EnvironmentSource;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Calls to one address that stands for Pods nobody knows: they are made again there, as the cluster may take the next one to another Pod. */
class VirtualEndpointTest extends EngineTest {

    private static final CallOptions IDEMPOTENT = CallOptions.DEFAULT.idempotent();
    private static final Endpoint CLUSTER_IP = Endpoint.of("10.96.0.10", 80);
    private static final ServiceTraits OF_DNS =
            ServiceTraits.DEFAULT.withPodLabels(PodLabels.unknown("DNS does not tell the labels of Pods"));

    private final List<Endpoint> tried = new ArrayList<>();

    @Override
    ServiceResolverBuilder configure(ServiceResolverBuilder builder) {
        return builder.retries(RetryPolicy.standard().withBackoff(Duration.ZERO, Duration.ZERO))
                .fallback(
                        EnvironmentSource.of(Map.of("SKIPPY_SERVICE_HOST", "10.96.0.10", "SKIPPY_SERVICE_PORT", "80")));
    }

    private ServiceHandle skippy(ServiceTraits traits, Endpoint... endpoints) {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(traits, endpoints));
        return skippy;
    }

    private EndpointCall<String, IOException> failing(int times, IOException failure) {
        return endpoint -> {
            tried.add(endpoint);
            if (tried.size() <= times) {
                throw failure;
            }
            return "ok";
        };
    }

    @Test
    void theEnvironmentsAddressIsTriedAgain() throws Exception {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.listener().onAnswer(new io.serviceresolver.source.SourceAnswer.Unavailable("forbidden")));
        assertThat(skippy.call(failing(2, new ConnectException("refused")))).isEqualTo("ok");
        assertThat(tried).containsExactly(CLUSTER_IP, CLUSTER_IP, CLUSTER_IP);
        assertThat(skippy.stats().retries()).isEqualTo(2);
        assertThat(skippy.stats().inFlight()).isZero();
    }

    @Test
    void neverMoreOftenThanThePolicyAllows() {
        ServiceHandle skippy = skippy(OF_DNS, CLUSTER_IP);
        ConnectException refused = new ConnectException("refused");
        assertThatThrownBy(() -> skippy.call(failing(9, refused))).isSameAs(refused);
        assertThat(tried).hasSize(4);
        tried.clear();
        IOException reset = new IOException("reset");
        assertThatThrownBy(() -> skippy.call(failing(9, reset))).isSameAs(reset);
        assertThat(tried).as("may have had an effect").hasSize(1);
    }

    /** Where nobody listens behind it, connections are refused for all callers at once. */
    @Test
    void eachTimeTheBudgetPaysForIt() {
        ServiceHandle skippy = skippy(OF_DNS, CLUSTER_IP);
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(
                            () -> skippy.call(IDEMPOTENT, failing(Integer.MAX_VALUE, new ConnectException("refused"))))
                    .isInstanceOf(ConnectException.class);
        }
        assertThat(tried).hasSize(100 + 10);
        assertThat(skippy.stats().retriesRefused()).isPositive();
    }

    @Test
    void alsoWithoutBlocking() throws Exception {
        ServiceHandle skippy = skippy(OF_DNS, CLUSTER_IP);
        EndpointCall<String, IOException> call = failing(2, new IOException("reset"));
        CompletableFuture<String> result = skippy.callAsync(IDEMPOTENT, endpoint -> {
            try {
                return CompletableFuture.completedFuture(call.call(endpoint));
            } catch (IOException e) {
                return CompletableFuture.failedFuture(e);
            }
        });
        assertThat(get(result)).isEqualTo("ok");
        assertThat(skippy.stats().completed(Outcome.IO_ERROR)).isEqualTo(2);
    }

    @Test
    void onePodIsTriedOnce() {
        assertTriedOnce(ServiceTraits.DEFAULT, Endpoint.of("10.0.0.1", 80));
        assertTriedOnce(OF_DNS, pod(1));
        assertTriedOnce(OF_DNS, CLUSTER_IP.toBuilder().hostname("skippy-0").build());
    }

    private void assertTriedOnce(ServiceTraits traits, Endpoint endpoint) {
        ServiceHandle skippy = skippy(traits, endpoint);
        tried.clear();
        assertThatThrownBy(() -> skippy.call(IDEMPOTENT, failing(9, new ConnectException("refused"))))
                .isInstanceOf(ConnectException.class);
        assertThat(tried).hasSize(1);
    }

    @Test
    void ofSeveralAddressesEachIsTriedOnce() {
        ServiceHandle skippy = skippy(OF_DNS, CLUSTER_IP, Endpoint.of("10.96.0.11", 80));
        assertThatThrownBy(() -> skippy.call(IDEMPOTENT, failing(9, new ConnectException("refused"))))
                .isInstanceOf(ConnectException.class);
        assertThat(tried).hasSize(2).doesNotHaveDuplicates();
    }
}
