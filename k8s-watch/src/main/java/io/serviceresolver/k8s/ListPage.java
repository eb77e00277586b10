package io.serviceresolver.k8s;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The answer to a list request: a page, or all of it.
 *
 * @param version the version of the collection, from which a watch goes on
 * @param next asks for the next page; empty where there is none
 * @param items what is of use in it
 */
record ListPage<T>(String version, String next, List<T> items) {

    /**
     * Reads a page, one object after the other: only one is in memory as JSON at a time.
     *
     * @param body the answer
     * @param reader reads the objects
     * @return the page
     * @throws IOException if it is no list
     */
    static <T> ListPage<T> read(ByteParts body, ItemReader<T> reader) throws IOException {
        JsonNode metadata = MissingNode.getInstance();
        List<T> items = new ArrayList<>();
        try (JsonParser parser = Json.parser(body.stream())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (field.equals("metadata")) {
                    metadata = Json.next(parser);
                } else if (field.equals("items") && value == JsonToken.START_ARRAY) {
                    items(body, parser, reader, items);
                } else {
                    parser.skipChildren();
                }
            }
            if (parser.currentToken() != JsonToken.END_OBJECT) {
                throw new IOException("no complete JSON object");
            }
        }
        String version = metadata.path("resourceVersion").asText();
        if (version.isEmpty()) {
            throw new IOException("metadata.resourceVersion: (expected: the version of the list)");
        }
        return new ListPage<>(version, metadata.path("continue").asText(), items);
    }

    private static <T> void items(ByteParts body, JsonParser parser, ItemReader<T> reader, List<T> items)
            throws IOException {
        int index = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == JsonToken.START_OBJECT) {
                JsonNode item = item(body, parser, index);
                if (reader.concerns(item)) {
                    reader.read(item).ifPresent(items::add);
                }
            } else {
                parser.skipChildren();
            }
            index++;
        }
    }

    /** The object that the parser stands at, which must not be so large that a tree of it would fill the memory. */
    private static JsonNode item(ByteParts body, JsonParser parser, int index) throws IOException {
        long start = parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        long size = parser.currentLocation().getByteOffset() - start;
        if (start < 0 || size > Json.MAX_OBJECT_BYTES) {
            throw new IOException(
                    "items[" + index + "]: " + size + " bytes (expected: " + Json.MAX_OBJECT_BYTES + " at most)");
        }
        return Json.tree(body.range((int) start, (int) size));
    }
}
