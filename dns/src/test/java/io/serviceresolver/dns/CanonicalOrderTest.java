package io.serviceresolver.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.Endpoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CanonicalOrderTest {

    private static Endpoint named(String name, String address, int port) {
        return Endpoint.builder(address, port).hostname(name).build();
    }

    @Test
    void isTheSameWhateverTheOrderOfTheAnswer() {
        List<Endpoint> all = List.of(
                named("a", "10.1.0.1", 80),
                named("b", "10.1.0.1", 80),
                named("a", "10.1.0.1", 81),
                named("a", "10.1.0.2", 80));
        for (int seed = 0; seed < 100; seed++) {
            List<Endpoint> answer = new ArrayList<>(all);
            Collections.shuffle(answer, new Random(seed));
            assertThat(CanonicalOrder.of(answer)).isEqualTo(all);
        }
    }
}
