package io.serviceresolver;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import java.util.Arrays;

/** Endpoints that sets are made of: Pod n has the address 10.0.0.n. */
final class Sets {

    private Sets() {}

    static Endpoint pod(int n) {
        return Endpoint.builder("10.0.0." + n, 8080).uid("uid-" + n).build();
    }

    static EndpointSet of(int... pods) {
        return EndpointSet.of(Arrays.stream(pods).mapToObj(Sets::pod).toList());
    }
}
