package io.serviceresolver.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * The end of the name of a Pod as a number. What makes Pods names them by its own name, a hyphen, and a few characters more
 * that tell one from another: the name is shared by them all, and what is left has room in a {@code long}.
 */
final class NameTail {

    /** One byte each. */
    private static final int MOST_CHARACTERS = Long.BYTES;

    private static final int LARGEST_CHARACTER = 0xff;

    private NameTail() {}

    /** Where the tail of a name begins: behind the last hyphen, or at the end where what is there has no room. */
    static int start(String name) {
        int start = name.lastIndexOf('-') + 1;
        boolean fits = name.length() - start <= MOST_CHARACTERS
                && name.chars().skip(start).allMatch(character -> character > 0 && character <= LARGEST_CHARACTER);
        return fits ? start : name.length();
    }

    /** The tail of a name, its last character in the lowest byte; 0 where there is none, or no name. */
    static long of(@Nullable String name) {
        if (name == null) {
            return 0;
        }
        long tail = 0;
        for (int i = start(name); i < name.length(); i++) {
            tail = tail << Byte.SIZE | name.charAt(i);
        }
        return tail;
    }

    static String text(long tail) {
        StringBuilder text = new StringBuilder(MOST_CHARACTERS);
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            char character = (char) (tail >>> shift & LARGEST_CHARACTER);
            if (character > 0) {
                text.append(character);
            }
        }
        return text.toString();
    }
}
