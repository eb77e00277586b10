package io.serviceresolver.selector;

import java.util.Map;

/** A label selector, as the API server reads and applies it. Immutable. */
public final class LabelSelector {

    private LabelSelector() {}

    /** Reads a selector in the API server's notation. */
    public static LabelSelector parse(String text) {
        if (text.isEmpty()) {
            return new LabelSelector();
        }
        throw new UnsupportedOperationException(text);
    }

    /** Whether a thing with these labels is selected. */
    public boolean matches(Map<String, String> labels) {
        return labels.isEmpty();
    }
}
