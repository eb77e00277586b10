package io.serviceresolver;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointParts;
import io.serviceresolver.testkit.Heap;
import io.serviceresolver.testkit.VirtualTime;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How much memory an endpoint takes, with all that the engine keeps of it. */
class EndpointMemoryTest {

    private static final int FEW = 10;
    private static final int MANY = 20_000;

    private static Endpoint pod(int number) {
        return Endpoint.builder("10.1." + number / 250 + "." + number % 250, 8080)
                .uid(new UUID(number * 0x9E3779B97F4A7C15L, ~number).toString())
                .podName("skippy-6d4cf56db6-" + Integer.toString(number + 2_000_000, 36))
                .nodeName("node-" + number % 100)
                .zone("zone-" + number % 2)
                .build();
    }

    /** Follows a service, and makes a call to each endpoint, with its latency. */
    private static ServiceResolver called(int size) {
        EndpointParts parts = new EndpointParts();
        ScriptedSource source = new ScriptedSource("scripted");
        VirtualTime time = new VirtualTime();
        ServiceResolver resolver = ServiceResolver.builder()
                .source(source)
                .balancer(Balancers.roundRobin())
                .time(time::nanoTime, time)
                .build();
        ServiceHandle skippy = resolver.service("skippy");
        time.runDue();
        source.found(IntStream.range(0, size)
                .mapToObj(number -> parts.share(pod(number)))
                .toArray(Endpoint[]::new));
        time.runDue();
        for (int i = 0; i < size; i++) {
            skippy.begin().end(Outcome.SUCCESS, 1_000_000);
        }
        return resolver;
    }

    @Test
    void isLessThanWhatItsTextsAloneWouldTake() throws Exception {
        called(FEW).close();
        long each = Heap.heldBy(() -> called(MANY)) / MANY;
        // An endpoint and its identity, a host and its health, and some references to them.
        assertThat(each).as("bytes for each endpoint").isBetween(120L, 200L);
    }
}
