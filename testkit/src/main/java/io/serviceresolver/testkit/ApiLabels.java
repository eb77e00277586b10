package io.serviceresolver.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The label selectors of the API, as far as they are well-formed: {@code app=web,tier in (a,b),!canary,build>7}. */
final class ApiLabels {

    private static final Pattern COMMA = Pattern.compile(",(?![^(]*\\))");
    private static final Pattern REQUIREMENT = Pattern.compile(
            "\\s*(?<not>!?)(?<key>[^!=<>()\\s]+)\\s*(?<op>==|=|!=|>|<|in(?=[\\s(])|notin(?=[\\s(])|)\\s*\\(?(?<value>[^()]*)\\)?\\s*");

    private ApiLabels() {}

    /** Whether an object with these labels is selected. */
    static boolean match(String selector, JsonNode labels) {
        return selector.isBlank() || COMMA.splitAsStream(selector).allMatch(one -> meets(one, labels));
    }

    private static boolean meets(String requirement, JsonNode labels) {
        Matcher parts = REQUIREMENT.matcher(requirement);
        if (!parts.matches()) {
            throw new IllegalArgumentException("labelSelector: " + requirement + " (expected: a requirement)");
        }
        @Nullable String label = labels.path(parts.group("key")).asText(null);
        String value = parts.group("value").strip();
        List<String> values =
                Arrays.stream(value.split(",", -1)).map(String::strip).toList();
        return switch (parts.group("op")) {
            case "" -> (label == null) == parts.group("not").equals("!");
            case "!=", "notin" -> label == null || !values.contains(label);
            case ">" -> label != null && Long.parseLong(label) > Long.parseLong(value);
            case "<" -> label != null && Long.parseLong(label) < Long.parseLong(value);
            default -> label != null && values.contains(label);
        };
    }
}
