package io.serviceresolver;

import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON (RFC 8259) of printable ASCII, whatever the strings hold: all else is escaped, so that it is safe in a
 * terminal and in any encoding.
 */
final class Json {

    private final StringBuilder out = new StringBuilder();

    private Json() {}

    /**
     * Writes a value.
     *
     * @param value a string, a finite number, a boolean, null; or a map by strings or an iterable of such values
     * @throws IllegalArgumentException if it is anything else
     */
    static String of(@Nullable Object value) {
        Json json = new Json();
        json.value(value);
        return json.out.toString();
    }

    private void value(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            object(map);
        } else if (value instanceof Iterable<?> values) {
            array(values);
        } else if (value instanceof String text) {
            string(text);
        } else if (value == null || value instanceof Boolean || isFinite(value)) {
            out.append(value);
        } else {
            throw new IllegalArgumentException("value: " + value.getClass() + " (expected: what JSON knows)");
        }
    }

    private static boolean isFinite(Object value) {
        return value instanceof Long
                || value instanceof Integer
                || (value instanceof Double number && Double.isFinite(number));
    }

    private void object(Map<?, ?> map) {
        out.append('{');
        Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<?, ?> entry = entries.next();
            string(String.valueOf(entry.getKey()));
            out.append(':');
            value(entry.getValue());
            out.append(entries.hasNext() ? "," : "");
        }
        out.append('}');
    }

    private void array(Iterable<?> values) {
        out.append('[');
        Iterator<?> each = values.iterator();
        while (each.hasNext()) {
            value(each.next());
            out.append(each.hasNext() ? "," : "");
        }
        out.append(']');
    }

    private void string(String text) {
        out.append('"');
        text.chars().forEach(c -> character((char) c));
        out.append('"');
    }

    private void character(char c) {
        if (c == '"' || c == '\\') {
            out.append('\\').append(c);
        } else if (c >= ' ' && c <= '~') {
            out.append(c);
        } else {
            out.append(String.format("\\u%04x", (int) c));
        }
    }
}
