package io.serviceresolver.endpoint;

import java.util.regex.Pattern;

/** The rules of the names that Kubernetes uses, and how a bad one is reported. */
final class DnsNames {

    /** RFC 1035 label: the name of a Service. */
    private static final Pattern SERVICE = Pattern.compile("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");

    /** RFC 1123 label: a namespace, the name of a Service port. */
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private static final int MAX_SUBDOMAIN = 253;
    private static final int MAX_SHOWN = 80;

    private DnsNames() {}

    static boolean isService(String name) {
        return SERVICE.matcher(name).matches();
    }

    static boolean isLabel(String name) {
        return LABEL.matcher(name).matches();
    }

    static String requireLabel(String what, String value) {
        if (!isLabel(value)) {
            throw bad(what, value, "1 to 63 of a-z, 0-9 and '-', the first and the last no '-'");
        }
        return value;
    }

    static boolean isSubdomain(String name) {
        boolean valid = name.length() <= MAX_SUBDOMAIN;
        for (String label : name.split("\\.", -1)) {
            valid &= isLabel(label);
        }
        return valid;
    }

    static String requireSubdomain(String what, String value) {
        if (!isSubdomain(value)) {
            throw bad(what, value, "labels of a-z, 0-9 and '-' joined by dots, 253 characters at most");
        }
        return value;
    }

    static IllegalArgumentException bad(String what, String value, String expected) {
        return new IllegalArgumentException(what + ": " + printable(value) + " (expected: " + expected + ")");
    }

    /** The value with all that is not printable ASCII escaped, and cut where it is long: it goes into logs. */
    static String printable(String value) {
        StringBuilder shown = new StringBuilder();
        int end = Math.min(value.length(), MAX_SHOWN);
        for (int i = 0; i < end; i++) {
            char c = value.charAt(i);
            if (c >= ' ' && c <= '~') {
                shown.append(c);
            } else {
                shown.append(String.format("\\u%04x", (int) c));
            }
        }
        return end < value.length() ? shown + "... (" + value.length() + " characters)" : shown.toString();
    }
}
