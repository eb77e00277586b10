package io.serviceresolver;

import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import java.util.Map;
import java.util.stream.IntStream;

/** Endpoints for tests: Pod n has the address 10.0.0.n. */
final class Pods {

    private Pods() {}

    static Endpoint pod(int n) {
        return pod(n, Conditions.READY);
    }

    static Endpoint pod(int n, Conditions conditions) {
        return Endpoint.builder("10.0.0." + n, 8080)
                .uid("uid-" + n)
                .conditions(conditions)
                .build();
    }

    static Endpoint pod(int n, Map<String, String> labels) {
        return pod(n).toBuilder().labels(labels).build();
    }

    static Endpoint[] pods(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(Pods::pod).toArray(Endpoint[]::new);
    }
}
