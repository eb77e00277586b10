package io.serviceresolver.selector;

import io.serviceresolver.text.BadInput;

/** What the API server accepts as the key and as the value of a label, and as an integer. */
final class LabelSyntax {

    private static final String NAME =
            "1 to 63 of A-Z, a-z, 0-9, '-', '_' and '.', the first and the last a letter or digit";
    private static final String KEY =
            NAME + "; before it, if wished, a lower-case DNS subdomain of at most 253 and '/'";

    private static final int MAX_NAME = 63;
    private static final int MAX_PREFIX = 253;

    /** The greatest and the least 64-bit integer, without their sign. */
    private static final String MAX_INT64 = "9223372036854775807";

    private static final String MIN_INT64 = "9223372036854775808";

    private LabelSyntax() {}

    static void requireKey(String key) {
        int slash = key.indexOf('/');
        boolean valid = isName(key, slash + 1) && (slash < 0 || isSubdomain(key, slash));
        if (!valid) {
            throw BadInput.of("label key", key, KEY);
        }
    }

    static void requireValue(String key, String value) {
        if (!value.isEmpty() && !isName(value, 0)) {
            throw BadInput.of("value of label " + key, value, "empty, or " + NAME);
        }
    }

    static void requireInteger(String key, String value) {
        if (!isInt64(value)) {
            throw BadInput.of("value of label " + key, value, "a decimal integer of 64 bits");
        }
    }

    private static boolean isName(String text, int from) {
        int length = text.length() - from;
        if (length < 1 || length > MAX_NAME) {
            return false;
        }
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isAlphanumeric(c) && c != '-' && c != '_' && c != '.') {
                return false;
            }
        }
        return isAlphanumeric(text.charAt(from)) && isAlphanumeric(text.charAt(text.length() - 1));
    }

    /** A dot, the start and the end must each have a letter or digit beside them. Labels may be of any length here. */
    private static boolean isSubdomain(String text, int end) {
        if (end > MAX_PREFIX) {
            return false;
        }
        char before = '.';
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean joins = isLowerOrDigit(c) || (c == '-' && before != '.') || (c == '.' && isLowerOrDigit(before));
            if (!joins) {
                return false;
            }
            before = c;
        }
        return isLowerOrDigit(before);
    }

    private static boolean isLowerOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || isDigit(c);
    }

    private static boolean isAlphanumeric(char c) {
        return isLowerOrDigit(c) || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /**
     * Whether the text is a decimal 64-bit integer, with a sign or without: what {@link Long#parseLong(String)} reads,
     * but ASCII digits only and without an exception for what is none.
     */
    static boolean isInt64(String text) {
        int length = text.length();
        boolean signed = length > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+');
        int start = signed ? 1 : 0;
        if (start == length) {
            return false;
        }
        for (int i = start; i < length; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        while (start < length && text.charAt(start) == '0') {
            start++;
        }
        return fits(text, start, text.charAt(0) == '-' ? MIN_INT64 : MAX_INT64);
    }

    private static boolean fits(String text, int start, String limit) {
        int digits = text.length() - start;
        if (digits != limit.length()) {
            return digits < limit.length();
        }
        for (int i = 0; i < digits; i++) {
            int difference = text.charAt(start + i) - limit.charAt(i);
            if (difference != 0) {
                return difference < 0;
            }
        }
        return true;
    }
}
