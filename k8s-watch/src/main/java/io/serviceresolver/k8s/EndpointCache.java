package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.Endpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Endpoints that are made of others, and not made anew while what they are made of is the same. Not thread-safe. */
final class EndpointCache {

    private IdentityHashMap<Object, Made> made = new IdentityHashMap<>();

    private record Made(Object detail, Endpoint endpoint) {}

    /**
     * The endpoints of these sources, in their order; what other sources amounted to is forgotten.
     *
     * @param sources each a part of what an endpoint is made of, told apart by identity
     * @param details the other part
     * @param maker makes one of both
     */
    <S, D> List<Endpoint> of(Collection<S> sources, Function<S, D> details, BiFunction<S, D, Endpoint> maker) {
        IdentityHashMap<Object, Made> next = new IdentityHashMap<>(sources.size());
        List<Endpoint> endpoints = new ArrayList<>(sources.size());
        for (S source : sources) {
            D detail = details.apply(source);
            Made known = made.get(source);
            if (known == null || !known.detail().equals(detail)) {
                known = new Made(detail, maker.apply(source, detail));
            }
            next.put(source, known);
            endpoints.add(known.endpoint());
        }
        made = next;
        return endpoints;
    }
}
