package io.serviceresolver.testkit;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request that an {@link ApiServer} got. Immutable.
 *
 * @param target path and query as they were sent, still encoded
 * @param query the parameters, decoded
 * @param headers the headers, names in lower case
 */
public record ApiRequest(String target, Map<String, String> query, Map<String, String> headers) {

    private static final Pattern PATH = Pattern.compile(
            "/(?:api/(?<core>v1)|apis/(?<group>[^/]+/[^/]+))(?:/namespaces/(?<ns>[^/]+))?/(?<resource>[a-z]+)(?:/(?<name>[^/]+))?");

    /** Copies the maps. */
    public ApiRequest {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    static ApiRequest of(String target, Map<String, String> headers) {
        Map<String, String> query = new HashMap<>();
        String raw = URI.create(target).getRawQuery();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(decode(parts[0]), parts.length == 1 ? "" : decode(parts[1]));
        }
        return new ApiRequest(target, query, headers);
    }

    /** What it asks for. */
    public ApiVerb verb() {
        if (query.getOrDefault("watch", "").matches("1|true")) {
            return ApiVerb.WATCH;
        }
        return name().isPresent() ? ApiVerb.GET : ApiVerb.LIST;
    }

    /** The path, decoded: without the query. */
    public String path() {
        return URI.create(target).getPath();
    }

    /** Group and version, such as {@code v1} or {@code discovery.k8s.io/v1}; empty where the path is none of an API. */
    public String apiVersion() {
        Optional<String> core = part("core");
        return core.isPresent() ? core.get() : part("group").orElse("");
    }

    /** The kind of objects, in the plural and in lower case: {@code endpointslices}; empty where there is none. */
    public String resource() {
        return part("resource").orElse("");
    }

    /** The namespace, unless it asks for those of all namespaces. */
    public Optional<String> namespace() {
        return part("ns");
    }

    /** The name of the object, where it asks for one. */
    public Optional<String> name() {
        return part("name");
    }

    /**
     * A parameter of the query.
     *
     * @param name such as {@code resourceVersion}
     * @return its value, or an empty text where it was not sent
     */
    public String parameter(String name) {
        return query.getOrDefault(name, "");
    }

    private Optional<String> part(String group) {
        Matcher path = PATH.matcher(path());
        @Nullable String part = path.matches() ? path.group(group) : null;
        return Optional.ofNullable(part);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** Verb and target. */
    @Override
    public String toString() {
        return verb() + " " + target;
    }
}
