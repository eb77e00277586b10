package io.serviceresolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.serviceresolver.endpoint.AddressPolicy;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.source.CapturedLog;
import io.serviceresolver.source.EndpointSource;
import io.serviceresolver.source.EnvironmentSource;
import io.serviceresolver.source.SourceContext;
import io.serviceresolver.source.SourceListener;
import io.serviceresolver.source.SourceSubscription;
import io.serviceresolver.testkit.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
        var admitted = gate.admit(mixed, 0);
        assertThat(admitted.endpoints()).containsExactly(Pods.pod(1));
        assertThat(gate.admit(mixed, 0)).isSameAs(admitted);
        var more = gate.admit(mixed.next(List.of(Pods.pod(1), Pods.pod(2), loopback)), 0);
        assertThat(more.changesSince(admitted).added()).containsExactly(Pods.pod(2));
        assertThat(more.endpoints().get(0)).isSameAs(admitted.endpoints().get(0));
    }

    /** Who may write one address must not make each update as dear as the first. */
    @Test
    void looksAtEachAddressOnceThoughOneIsRefused() {
        AtomicInteger looks = new AtomicInteger();
        EndpointSource source = new EndpointSource() {
            @Override
            public String name() {
                return "counted";
            }

            @Override
            public Origin origin() {
                looks.incrementAndGet();
                return Origin.REMOTE;
            }

            @Override
            public SourceSubscription subscribe(ServiceName name, SourceContext context, SourceListener listener) {
                throw new UnsupportedOperationException();
            }
        };
        AddressGate gate = new AddressGate(source, AddressPolicy.standard());
        List<Endpoint> endpoints = new ArrayList<>(List.of(Pods.pods(100)));
        endpoints.add(Endpoint.of("169.254.169.254", 80));
        EndpointSet set = EndpointSet.of(endpoints);
        assertThat(gate.admit(set, 0).size()).isEqualTo(100);
        assertThat(looks).hasValue(101);
        set = set.next(endpoints.subList(1, 101));
        assertThat(gate.admit(set, 0).endpoints()).doesNotContain(Pods.pod(1)).hasSize(99);
        assertThat(looks).hasValue(101);
        set = set.next(endpoints.subList(0, 100));
        assertThat(gate.admit(set, 0)).isSameAs(set);
        assertThat(looks).hasValue(102);
        assertThat(gate.refusals()).isEmpty();
    }

    @Test
    void saysWhatItRefusesOnceAMinuteAtMost() {
        try (CapturedLog log = new CapturedLog(AddressGate.class)) {
            AddressGate gate = new AddressGate(EnvironmentSource.of(Map.of()), AddressPolicy.standard());
            EndpointSet set = EndpointSet.EMPTY;
            for (int i = 1; i <= 100; i++) {
                set = set.next(List.of(Endpoint.of("127.0.0." + i, 80)));
                gate.admit(set, TimeUnit.SECONDS.toNanos(i));
            }
            assertThat(gate.refusals()).isEqualTo(", 1 refused (127.0.0.100: loopback)");
            assertThat(log.from(Level.WARN))
                    .containsExactly(
                            "environment: 1 endpoints, 1 refused (127.0.0.1: loopback)",
                            "environment: 1 endpoints, 1 refused (127.0.0.61: loopback)");
        }
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
