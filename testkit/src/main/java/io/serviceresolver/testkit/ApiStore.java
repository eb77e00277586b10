package io.serviceresolver.testkit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The objects of an {@link ApiServer}, their versions and their changes. Not thread-safe: its owner has the lock. */
final class ApiStore {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Map<String, ObjectNode> objects = new TreeMap<>();
    private final List<Change> history = new ArrayList<>();
    private long version = 1;
    private long compacted = 1;

    /** One write: what was there before it, and what after it. */
    record Change(
            long version,
            @Nullable ObjectNode before,
            @Nullable ObjectNode after) {

        /** The frame that tells a watch with this selector of it, if it is any of its business. */
        Optional<ObjectNode> frame(ApiSelector selector) {
            ObjectNode was = before != null && selector.matches(before) ? before : null;
            ObjectNode is = after != null && selector.matches(after) ? after : null;
            if (is != null) {
                return Optional.of(ApiStore.frame(was == null ? "ADDED" : "MODIFIED", is));
            }
            return was == null ? Optional.empty() : Optional.of(ApiStore.frame("DELETED", versioned(was, version)));
        }
    }

    long version() {
        return version;
    }

    Change put(ObjectNode object) {
        version++;
        ObjectNode stored = versioned(object, version);
        ObjectNode before = objects.put(key(object), stored);
        return record(new Change(version, before, stored));
    }

    Optional<Change> delete(ObjectNode object) {
        ObjectNode before = objects.remove(key(object));
        if (before == null) {
            return Optional.empty();
        }
        version++;
        return Optional.of(record(new Change(version, before, null)));
    }

    Stream<ObjectNode> select(ApiSelector selector) {
        return objects.values().stream().filter(selector::matches);
    }

    /** Forgets the past: who asks for the changes since then gets 410. */
    void compact() {
        history.clear();
        compacted = version;
    }

    /** Forgets everything, and counts from the start again. */
    void clear() {
        objects.clear();
        history.clear();
        version = 1;
        compacted = 1;
    }

    boolean forgotten(long since) {
        return since < compacted;
    }

    Stream<Change> since(long since) {
        return history.stream().filter(change -> change.version() > since);
    }

    /** A page of a list: no larger than the limit, unless that is zero. */
    ObjectNode list(ApiSelector selector, int limit, @Nullable PageToken token) {
        long snapshot = token == null ? version : token.version();
        String after = token == null ? "" : token.after();
        List<Map.Entry<String, ObjectNode>> rest = objects.entrySet().stream()
                .filter(entry -> entry.getKey().compareTo(after) > 0 && selector.matches(entry.getValue()))
                .toList();
        int end = limit == 0 ? rest.size() : Math.min(limit, rest.size());
        ObjectNode metadata = JSON.objectNode().put("resourceVersion", Long.toString(snapshot));
        if (end < rest.size()) {
            metadata.put("continue", new PageToken(snapshot, rest.get(end - 1).getKey()).encoded());
            metadata.put("remainingItemCount", rest.size() - end);
        }
        ArrayNode items = JSON.arrayNode();
        rest.subList(0, end).forEach(entry -> items.add(entry.getValue()));
        ObjectNode list = JSON.objectNode();
        list.put("kind", "List").put("apiVersion", selector.apiVersion());
        list.set("metadata", metadata);
        list.set("items", items);
        return list;
    }

    static ObjectNode frame(String type, ObjectNode object) {
        ObjectNode frame = JSON.objectNode().put("type", type);
        frame.set("object", object);
        return frame;
    }

    private Change record(Change change) {
        history.add(change);
        return change;
    }

    private static ObjectNode versioned(ObjectNode object, long version) {
        ObjectNode copy = object.deepCopy();
        copy.withObjectProperty("metadata").put("resourceVersion", Long.toString(version));
        return copy;
    }

    private static String key(ObjectNode object) {
        return object.path("apiVersion").asText() + "|"
                + object.path("kind").asText() + "|"
                + object.path("metadata").path("namespace").asText() + "|"
                + object.path("metadata").path("name").asText();
    }

    /** Where the next page begins, and at which version the first one was. */
    record PageToken(long version, String after) {

        String encoded() {
            byte[] text = (version + " " + after).getBytes(StandardCharsets.UTF_8);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
        }

        static @Nullable PageToken decode(String text) {
            if (text.isEmpty()) {
                return null;
            }
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", 2);
            return new PageToken(Long.parseLong(parts[0]), parts[1]);
        }
    }
}
