package io.serviceresolver.k8s;

import static io.serviceresolver.k8s.WatchLab.skippy;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.EndpointParts;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.testkit.VirtualTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A Service without ports is told from one whose ports cannot be called. */
class PortlessSliceTest {

    private final SliceReader reader = new SliceReader(
            new ServiceName("skippy", "shield", ServicePort.ONLY),
            new Complaints(LoggerFactory.getLogger(PortlessSliceTest.class), new VirtualTime()::nanoTime),
            new EndpointParts());

    private Slice read(String ports) {
        return reader.read(skippy("a")
                        .edit(slice -> slice.set("ports", Views.yaml(ports)))
                        .json())
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]"})
    void statesNone(String ports) {
        assertThat(read(ports).isPortless()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{name: statsd, port: 8125, protocol: UDP}]",
                "[{name: x, port: 70000}]",
                "{}",
                "7",
            })
    void statesSomeThatCannotBeCalled(String ports) {
        assertThat(read(ports).ports()).isEmpty();
        assertThat(read(ports).isPortless()).isFalse();
    }
}
