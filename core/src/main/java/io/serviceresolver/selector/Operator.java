package io.serviceresolver.selector;

import io.serviceresolver.text.BadInput;

/** How a {@link Requirement} relates the key of a label to values. */
public enum Operator {
    /** The label exists and has one of the values: {@code x in (a,b)}. */
    IN("in", 1, Integer.MAX_VALUE),
    /** The label does not exist, or has none of the values: {@code x notin (a,b)}. */
    NOT_IN("notin", 1, Integer.MAX_VALUE),
    /** The label exists and has the value: {@code x=a}. */
    EQUALS("=", 1, 1),
    /** The same as {@link #EQUALS}, written {@code x==a}: it is printed as it was written. */
    DOUBLE_EQUALS("==", 1, 1),
    /** The label does not exist, or has another value: {@code x!=a}. */
    NOT_EQUALS("!=", 1, 1),
    /** The label exists, whatever its value: {@code x}. */
    EXISTS("", 0, 0),
    /** The label does not exist: {@code !x}. */
    DOES_NOT_EXIST("!", 0, 0),
    /** The label exists and is a decimal 64-bit integer greater than the value: {@code x>5}. */
    GREATER_THAN(">", 1, 1),
    /** The label exists and is a decimal 64-bit integer less than the value: {@code x<5}. */
    LESS_THAN("<", 1, 1);

    private final String symbol;
    private final int leastValues;
    private final int mostValues;

    Operator(String symbol, int leastValues, int mostValues) {
        this.symbol = symbol;
        this.leastValues = leastValues;
        this.mostValues = mostValues;
    }

    /** Whether objects without the label match. */
    public boolean matchesAbsent() {
        return this == NOT_IN || this == NOT_EQUALS || this == DOES_NOT_EXIST;
    }

    /** Whether what matches is a list of values that the label may have. */
    boolean namesValues() {
        return this == IN || this == EQUALS || this == DOUBLE_EQUALS;
    }

    /** Checks how many values a requirement on this key has. */
    void requireCount(String key, int count) {
        if (count < leastValues || count > mostValues) {
            String expected = (leastValues == mostValues ? "exactly " : "at least ") + leastValues + " for " + this;
            throw BadInput.of("number of values of label " + key, Integer.toString(count), expected);
        }
    }

    String symbol() {
        return symbol;
    }
}
