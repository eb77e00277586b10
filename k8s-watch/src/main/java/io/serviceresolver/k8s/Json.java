package io.serviceresolver.k8s;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;

/** JSON as trees: what is missing reads as missing, nothing is bound to classes. */
final class Json {

    /** How large one object may be: several times what the API server's storage takes. */
    static final int MAX_OBJECT_BYTES = 4 * 1024 * 1024;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** The one value of a text, missing where there is none. */
    static JsonNode tree(byte[] text) throws IOException {
        JsonNode tree = MAPPER.readTree(text);
        return tree == null ? MissingNode.getInstance() : tree;
    }

    static JsonParser parser(InputStream text) throws IOException {
        return MAPPER.createParser(text);
    }

    /** The value that the parser stands at. */
    static JsonNode next(JsonParser parser) throws IOException {
        JsonNode tree = MAPPER.readTree(parser);
        return tree == null ? MissingNode.getInstance() : tree;
    }
}
