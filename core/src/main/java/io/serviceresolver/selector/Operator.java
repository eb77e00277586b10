package io.serviceresolver.selector;

/** How a {@link Requirement} relates the key of a label to values. */
public enum Operator {
    /** The label exists and has one of the values: {@code x in (a,b)}. */
    IN("in"),
    /** The label does not exist, or has none of the values: {@code x notin (a,b)}. */
    NOT_IN("notin"),
    /** The label exists and has the value: {@code x=a}. */
    EQUALS("="),
    /** The same as {@link #EQUALS}, written {@code x==a}: it is printed as it was written. */
    DOUBLE_EQUALS("=="),
    /** The label does not exist, or has another value: {@code x!=a}. */
    NOT_EQUALS("!="),
    /** The label exists, whatever its value: {@code x}. */
    EXISTS(""),
    /** The label does not exist: {@code !x}. */
    DOES_NOT_EXIST("!"),
    /** The label exists and is a decimal 64-bit integer greater than the value: {@code x>5}. */
    GREATER_THAN(">"),
    /** The label exists and is a decimal 64-bit integer less than the value: {@code x<5}. */
    LESS_THAN("<");

    private final String symbol;

    Operator(String symbol) {
        this.symbol = symbol;
    }

    /** Whether objects without the label match. */
    public boolean matchesAbsent() {
        return this == NOT_IN || this == NOT_EQUALS || this == DOES_NOT_EXIST;
    }

    /** Whether what matches is a list of values that the label may have. */
    boolean namesValues() {
        return this == IN || this == EQUALS || this == DOUBLE_EQUALS;
    }

    String symbol() {
        return symbol;
    }
}
