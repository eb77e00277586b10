package io.serviceresolver.selector;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * One of the conditions that a {@link LabelSelector} consists of. Immutable; equal when key, operator and values are.
 *
 * @param key the key of the label
 * @param operator how the label has to relate to the values
 * @param values sorted, each once: one or more for {@link Operator#IN} and {@link Operator#NOT_IN}, none for
 *     {@link Operator#EXISTS} and {@link Operator#DOES_NOT_EXIST}, else exactly one; the empty value is one
 */
public record Requirement(String key, Operator operator, List<String> values) {

    /**
     * Checks key and values as the API server does, then sorts the values.
     *
     * @throws IllegalArgumentException if the key or a value is no valid label key or value, if their number does not
     *     fit the operator, or if {@link Operator#GREATER_THAN} or {@link Operator#LESS_THAN} has a value that is no
     *     decimal 64-bit integer; a negative one is no valid label value, so there is none
     */
    public Requirement {
        values = List.copyOf(values);
        LabelSyntax.requireKey(key);
        operator.requireCount(key, values.size());
        for (String value : values) {
            LabelSyntax.requireValue(key, value);
        }
        if (operator == Operator.GREATER_THAN || operator == Operator.LESS_THAN) {
            LabelSyntax.requireInteger(key, values.get(0));
        }
        values = values.size() > 1 ? List.copyOf(new TreeSet<>(values)) : values;
    }

    /**
     * Whether an object with these labels meets the requirement. Allocates nothing.
     *
     * @param labels any strings; they are not validated, a null value counts as an absent label
     */
    public boolean matches(Map<String, String> labels) {
        String value = labels.get(key);
        return value == null ? operator.matchesAbsent() : matchesValue(value);
    }

    /** Whether an object that has the label, with this value, meets the requirement. */
    boolean matchesValue(String value) {
        return switch (operator) {
            case IN, EQUALS, DOUBLE_EQUALS -> hasValue(value);
            case NOT_IN, NOT_EQUALS -> !hasValue(value);
            case EXISTS -> true;
            case DOES_NOT_EXIST -> false;
            case GREATER_THAN -> LabelSyntax.isInt64(value) && Long.parseLong(value) > bound();
            case LESS_THAN -> LabelSyntax.isInt64(value) && Long.parseLong(value) < bound();
        };
    }

    private boolean hasValue(String value) {
        return values.size() == 1 ? values.get(0).equals(value) : Collections.binarySearch(values, value) >= 0;
    }

    private long bound() {
        return Long.parseLong(values.get(0));
    }

    /** The requirement in the API server's notation. */
    @Override
    public String toString() {
        return switch (operator) {
            case EXISTS -> key;
            case DOES_NOT_EXIST -> operator.symbol() + key;
            case IN, NOT_IN -> key + " " + operator.symbol() + " (" + String.join(",", values) + ")";
            case EQUALS, DOUBLE_EQUALS, NOT_EQUALS, GREATER_THAN, LESS_THAN -> key + operator.symbol() + values.get(0);
        };
    }
}
