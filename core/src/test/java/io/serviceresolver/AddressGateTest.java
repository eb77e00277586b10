package io.serviceresolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.endpoint.AddressPolicy;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.source.EnvironmentSource;
import io.serviceresolver.testkit.VirtualTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Addresses that others wrote and that no Pod can have. */
class AddressGateTest {

    private static final Map<String, String> HOSTILE =
            Map.of("SKIPPY_SERVICE_HOST", "169.254.169.254", "SKIPPY_SERVICE_PORT", "80");

    private final VirtualTime time = new VirtualTime();

    @Test
    void keepsARemoteAddressOutAndSaysSo() {
        ServiceHandle skippy = follow(AddressPolicy.standard(), HOSTILE);
        assertThat(skippy.endpoints().isEmpty()).isTrue();
        assertThatThrownBy(skippy::resolve)
                .hasMessage("skippy.shield: no endpoints (environment: 1 of 1 endpoints ready, "
                        + "1 refused (169.254.169.254: metadata service))");
    }

    @Test
    void letsInWhatThePolicyAllows() {
        Map<String, String> local = Map.of("SKIPPY_SERVICE_HOST", "127.0.0.1", "SKIPPY_SERVICE_PORT", "80");
        assertThatThrownBy(follow(AddressPolicy.standard(), local)::resolve).hasMessageContaining("loopback");
        ServiceHandle skippy = follow(AddressPolicy.standard().permitLoopback(), local);
        assertThat(skippy.resolve()).isEqualTo(Endpoint.of("127.0.0.1", 80));
    }

    @Test
    void keepsTheIdentityOfWhatIsLetInFromSetToSet() {
        AddressGate gate = new AddressGate(EnvironmentSource.of(Map.of()), AddressPolicy.standard());
        var loopback = Endpoint.of("127.0.0.1", 80);
        var mixed = EndpointSet.of(List.of(Pods.pod(1), loopback));
        var admitted = gate.admit(mixed);
        assertThat(admitted.endpoints()).containsExactly(Pods.pod(1));
        assertThat(gate.admit(mixed)).isSameAs(admitted);
        var more = gate.admit(mixed.next(List.of(Pods.pod(1), Pods.pod(2), loopback)));
        assertThat(more.changesSince(admitted).added()).containsExactly(Pods.pod(2));
        assertThat(more.endpoints().get(0)).isSameAs(admitted.endpoints().get(0));
    }

    private ServiceHandle follow(AddressPolicy policy, Map<String, String> environment) {
        ServiceResolver resolver = ServiceResolver.builder()
                .source(EnvironmentSource.of(environment))
                .addresses(policy)
                .cluster(new ClusterContext("shield", "cluster.local"))
                .time(time::nanoTime, time)
                .build();
        ServiceHandle skippy = resolver.service("skippy");
        time.runDue();
        return skippy;
    }
}
