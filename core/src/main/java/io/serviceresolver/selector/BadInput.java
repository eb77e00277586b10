package io.serviceresolver.selector;

/** How bad input is reported. */
final class BadInput {

    private static final int MAX_SHOWN = 200;

    private BadInput() {}

    static IllegalArgumentException of(String what, String value, String expected) {
        return new IllegalArgumentException(
                printable(what) + ": " + printable(value) + " (expected: " + expected + ")");
    }

    /** The text with all that is not printable ASCII escaped, and cut where it is long: it goes into logs. */
    static String printable(String text) {
        StringBuilder shown = new StringBuilder();
        int end = Math.min(text.length(), MAX_SHOWN);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c <= '~') {
                shown.append(c);
            } else {
                shown.append(String.format("\\u%04x", (int) c));
            }
        }
        return end < text.length() ? shown + "... (" + text.length() + " characters)" : shown.toString();
    }
}
