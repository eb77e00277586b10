package io.serviceresolver.k8s;

import org.jspecify.annotations.Nullable;

/** Text that came over the network, on its way into a message or the log. */
final class RemoteText {

    private static final int LONGEST = 200;

    private RemoteText() {}

    /** The text with all that is not printable ASCII escaped, in one line, and cut after 200 characters. */
    static String shown(@Nullable String text) {
        if (text == null) {
            return "";
        }
        StringBuilder shown = new StringBuilder();
        int end = Math.min(text.length(), LONGEST);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c <= '~') {
                shown.append(c);
            } else {
                shown.append(String.format("\\u%04x", (int) c));
            }
        }
        return end < text.length() ? shown + "..." : shown.toString();
    }
}
