package io.serviceresolver.text;

/**
 * Text that others wrote, made fit for one line of a log or of an error: printable ASCII stays, all else is escaped,
 * and what is long is cut.
 */
public final class Printable {

    private static final int MAX_SHOWN = 200;

    private Printable() {}

    /**
     * Escapes and cuts a text.
     *
     * @param text anything
     * @return the text where it is printable ASCII of at most 200 characters; else its first 200 characters, those that
     *     are not printable ASCII as a backslash, a {@code u} and four hexadecimal digits, and its length where it was
     *     cut
     */
    public static String of(String text) {
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

    /**
     * As {@link #of}, in quotation marks where it could not be seen without: where the text is empty, or has a blank at
     * one of its ends.
     *
     * @param text anything
     * @return the text in that form
     */
    public static String value(String text) {
        return text.isEmpty() || !text.strip().equals(text) ? "'" + of(text) + "'" : of(text);
    }
}
