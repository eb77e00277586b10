package io.serviceresolver.source;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EndpointLimitTest {

    private static final ServiceName SKIPPY = new ServiceName("skippy", "shield", ServicePort.ONLY);

    private final CapturedLog log = new CapturedLog(EndpointLimit.class);

    @AfterEach
    void close() {
        log.close();
    }

    private static EndpointLimit limit(long seed) {
        return new EndpointLimit(SKIPPY, 100, new Random(seed));
    }

    private static List<Endpoint> endpoints(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> Endpoint.of("10.0." + i / 250 + "." + i % 250, 80))
                .toList();
    }

    @Test
    void leavesWhatIsNotTooMuchAsItIs() {
        List<Endpoint> all = endpoints(0, 100);
        assertThat(limit(1).limit(all)).isSameAs(all);
        assertThat(log.at(Level.WARN)).isEmpty();
    }

    @Test
    void changesWithWhatComesAndGoesOnly() {
        EndpointLimit limit = limit(1);
        Collection<Endpoint> before = limit.limit(endpoints(0, 1000));
        assertThat(before).hasSize(100).isSubsetOf(endpoints(0, 1000)).isEqualTo(limit.limit(endpoints(0, 1000)));
        Set<Endpoint> stayed = new HashSet<>(limit.limit(endpoints(100, 1100)));
        stayed.retainAll(before);
        // A tenth of all were exchanged.
        assertThat(stayed).hasSizeBetween(75, 98);
    }

    @Test
    void usesAnotherPartInAnotherProcess() {
        Set<Endpoint> used = new HashSet<>();
        for (int seed = 0; seed < 40; seed++) {
            used.addAll(limit(seed).limit(endpoints(0, 1000)));
        }
        assertThat(used).hasSizeGreaterThan(900);
    }

    @Test
    void prefersTheReadyOnes() {
        List<Endpoint> all = new ArrayList<>();
        endpoints(0, 900)
                .forEach(one ->
                        all.add(one.toBuilder().conditions(Conditions.NOT_READY).build()));
        all.addAll(endpoints(900, 950));
        assertThat(limit(1).limit(all)).hasSize(100).containsAll(endpoints(900, 950));
    }

    @Test
    void saysSoOnceHoweverOftenTheNumberPassesTheLimit() {
        EndpointLimit limit = limit(1);
        for (int i = 0; i < 10; i++) {
            limit.limit(endpoints(0, 101));
            limit.limit(endpoints(0, 99));
        }
        assertThat(log.at(Level.WARN)).hasSize(1);
        limit.limit(endpoints(0, 90));
        limit.limit(endpoints(0, 101));
        assertThat(log.at(Level.WARN)).hasSize(2);
    }
}
