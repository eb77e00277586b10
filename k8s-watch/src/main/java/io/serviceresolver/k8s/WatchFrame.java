package io.serviceresolver.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import io.serviceresolver.k8s.ApiFailure.Kind;
import io.serviceresolver.text.Printable;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one frame of a watch says. */
sealed interface WatchFrame<T> {

    /**
     * An object is there, or is another now.
     *
     * @param name its name
     * @param item what it says, if that is of use
     * @param version the version of the collection
     */
    record Put<T>(String name, Optional<T> item, String version) implements WatchFrame<T> {}

    /**
     * An object is gone.
     *
     * @param name its name
     * @param version the version of the collection
     */
    record Removed<T>(String name, String version) implements WatchFrame<T> {}

    /**
     * All is told up to this version: a bookmark.
     *
     * @param version the version of the collection
     */
    record Bookmark<T>(String version) implements WatchFrame<T> {}

    /** Something that is none of ours. */
    record Ignored<T>() implements WatchFrame<T> {}

    /**
     * The watch cannot go on.
     *
     * @param failure why
     */
    record Failed<T>(ApiFailure failure) implements WatchFrame<T> {}

    /**
     * Reads a frame.
     *
     * @param text the frame, without the line feed
     * @param reader reads the object in it
     * @param what what the watch is for, for error messages
     * @return what it says
     */
    static <T> WatchFrame<T> read(byte[] text, ItemReader<T> reader, String what) {
        JsonNode frame;
        try {
            frame = Json.tree(text);
        } catch (IOException e) {
            return garbled(what, e.getMessage());
        }
        String type = frame.path("type").asText();
        JsonNode object = frame.path("object");
        String version = object.path("metadata").path("resourceVersion").asText();
        return switch (type) {
            case "ADDED", "MODIFIED", "DELETED" -> {
                if (!reader.concerns(object)) {
                    yield new Ignored<>();
                }
                String name = object.path("metadata").path("name").asText();
                yield type.equals("DELETED")
                        ? new Removed<>(name, version)
                        : new Put<>(name, reader.read(object), version);
            }
            case "BOOKMARK" -> new Bookmark<>(version);
            case "ERROR" ->
                new Failed<>(ApiFailures.ofStatus(what, object.path("code").asInt(500), object));
            default -> garbled(what, "type: " + type + " (expected: ADDED, MODIFIED, DELETED, BOOKMARK or ERROR)");
        };
    }

    private static <T> WatchFrame<T> garbled(String what, @Nullable String problem) {
        return new Failed<>(new ApiFailure(Kind.GARBLED, what + ": " + Printable.of(Objects.toString(problem, ""))));
    }
}
