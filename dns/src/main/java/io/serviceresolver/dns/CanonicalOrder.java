package io.serviceresolver.dns;

import io.serviceresolver.endpoint.Endpoint;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Puts endpoints in an order that does not depend on that of the answer, which is another one each time. */
final class CanonicalOrder {

    private static final Comparator<Endpoint> ORDER = Comparator.comparing(Endpoint::address)
            .thenComparing(Endpoint::port)
            .thenComparing(endpoint -> endpoint.hostname().orElse(""));

    private CanonicalOrder() {}

    static List<Endpoint> of(Collection<Endpoint> endpoints) {
        return endpoints.stream().sorted(ORDER).toList();
    }
}
