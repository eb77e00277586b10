package io.serviceresolver.text;

/** How bad input is reported: {@code name: value (expected: ...)}. */
public final class BadInput {

    private BadInput() {}

    /**
     * An exception for a value that is not what it should be.
     *
     * @param what the name of the value
     * @param value the value, which is made printable
     * @param expected what would be right, and what to do
     * @return the exception, to be thrown
     */
    public static IllegalArgumentException of(String what, String value, String expected) {
        return new IllegalArgumentException(
                Printable.of(what) + ": " + Printable.value(value) + " (expected: " + expected + ")");
    }
}
