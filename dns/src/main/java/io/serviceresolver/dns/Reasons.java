package io.serviceresolver.dns;

/** Text of others in error messages and logs. */
final class Reasons {

    private static final int MAX = 200;

    private Reasons() {}

    /** The text with what is not printable ASCII escaped, cut to 200 characters. */
    static String printable(String text) {
        StringBuilder shown = new StringBuilder();
        int end = Math.min(text.length(), MAX);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            shown.append(c >= ' ' && c <= '~' ? String.valueOf(c) : String.format("\\u%04x", (int) c));
        }
        return end < text.length() ? shown + "..." : shown.toString();
    }
}
