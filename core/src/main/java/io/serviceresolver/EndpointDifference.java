package io.serviceresolver;

import io.serviceresolver.endpoint.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** What differs between two states of one endpoint. */
final class EndpointDifference {

    /** The values of an endpoint besides its identity, in the words of a person. */
    private static final List<Map.Entry<String, Function<Endpoint, String>>> VALUES = List.of(
            Map.entry("conditions", one -> EndpointText.of(one.conditions())),
            Map.entry("pod", one -> known(one.podName())),
            Map.entry("hostname", one -> known(one.hostname())),
            Map.entry("node", one -> known(one.nodeName())),
            Map.entry("zone", one -> known(one.zone())),
            Map.entry("appProtocol", one -> known(one.appProtocol())),
            Map.entry("labels", one -> new TreeMap<>(one.labels()).toString()),
            Map.entry("hints for nodes", one -> new TreeSet<>(one.hints().nodes()).toString()),
            Map.entry("hints for zones", one -> new TreeSet<>(one.hints().zones()).toString()));

    private EndpointDifference() {}

    /** {@code conditions: ready -> not ready}, and so on. */
    static List<String> between(Endpoint before, Endpoint now) {
        List<String> differences = new ArrayList<>();
        VALUES.forEach(value -> {
            String was = value.getValue().apply(before);
            String is = value.getValue().apply(now);
            if (!was.equals(is)) {
                differences.add(value.getKey() + ": " + was + " -> " + is);
            }
        });
        return differences;
    }

    private static String known(Optional<String> value) {
        return value.orElse("none");
    }
}
