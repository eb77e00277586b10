package io.serviceresolver.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import io.serviceresolver.endpoint.Hints;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Reads the hints of the endpoints of one slice: equal ones are one object, for there are few and each is repeated. */
final class HintsReader {

    /** As many as the API takes. */
    private static final int MOST = 8;

    private final Map<Hints, Hints> known = new HashMap<>();

    /** What an endpoint says; what is malformed is no hint. */
    Hints read(JsonNode endpoint) {
        JsonNode hints = endpoint.path("hints");
        Set<String> nodes = names(hints.path("forNodes"));
        Set<String> zones = names(hints.path("forZones"));
        return nodes.isEmpty() && zones.isEmpty()
                ? Hints.NONE
                : known.computeIfAbsent(new Hints(nodes, zones), each -> each);
    }

    private static Set<String> names(JsonNode list) {
        Set<String> names = new HashSet<>();
        for (JsonNode one : list) {
            String name = one.path("name").asText("");
            if (!name.isEmpty() && names.size() < MOST) {
                names.add(name);
            }
        }
        return names;
    }
}
