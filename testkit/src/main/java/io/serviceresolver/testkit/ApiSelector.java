package io.serviceresolver.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** Which objects a request is about: its collection, and its selectors. */
record ApiSelector(String apiVersion, String resource, String namespace, String name, String labels) {

    static ApiSelector of(ApiRequest request) {
        String field = request.parameter("fieldSelector");
        String byField = field.startsWith("metadata.name=") ? field.substring("metadata.name=".length()) : "";
        return new ApiSelector(
                request.apiVersion(),
                request.resource(),
                request.namespace().orElse(""),
                request.name().orElse(byField),
                request.parameter("labelSelector"));
    }

    boolean matches(ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        return apiVersion.equals(object.path("apiVersion").asText())
                && resource.equals(resource(object.path("kind").asText()))
                && (namespace.isEmpty()
                        || namespace.equals(metadata.path("namespace").asText()))
                && (name.isEmpty() || name.equals(metadata.path("name").asText()))
                && ApiLabels.match(labels, metadata.path("labels"));
    }

    /** The plural by which the API's paths name a kind. */
    static String resource(String kind) {
        String lower = kind.toLowerCase(Locale.ROOT);
        return lower.endsWith("s") ? lower : lower + "s";
    }
}
