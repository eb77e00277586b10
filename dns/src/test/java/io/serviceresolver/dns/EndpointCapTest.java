package io.serviceresolver.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EndpointCapTest {

    private static final ServiceName SKIPPY = new ServiceName("skippy", "shield", ServicePort.ONLY);

    private static List<Endpoint> endpoints(int count) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            endpoints.add(Endpoint.of("10.1." + i / 250 + "." + i % 250, 80));
        }
        return endpoints;
    }

    private static List<Endpoint> shuffled(List<Endpoint> endpoints, long seed) {
        List<Endpoint> copy = new ArrayList<>(endpoints);
        Collections.shuffle(copy, new Random(seed));
        return copy;
    }

    @Test
    void keepsAllAndPutsThemInOneOrder() {
        EndpointCap cap = new EndpointCap(100, SKIPPY, 1);
        List<Endpoint> first = cap.limit(shuffled(endpoints(100), 1));
        assertThat(first).hasSize(100).isEqualTo(cap.limit(shuffled(endpoints(100), 2)));
    }

    @Test
    void keepsTheSameOnesWhateverTheOrder() {
        EndpointCap cap = new EndpointCap(100, SKIPPY, 1);
        List<Endpoint> first = cap.limit(shuffled(endpoints(300), 1));
        assertThat(first).hasSize(100).isEqualTo(cap.limit(shuffled(endpoints(300), 2)));
    }

    @Test
    void leavesNoneOutInAllProcesses() {
        Set<Endpoint> used = new HashSet<>();
        for (int seed = 0; seed < 60; seed++) {
            used.addAll(new EndpointCap(100, SKIPPY, seed * 0x01234567).limit(endpoints(300)));
        }
        assertThat(used).hasSize(300);
    }
}
