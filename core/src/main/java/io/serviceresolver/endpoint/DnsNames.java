package io.serviceresolver.endpoint;

import io.serviceresolver.text.BadInput;

/** The rules of the names that Kubernetes and URIs use, and how a bad one is reported. */
final class DnsNames {

    private static final int MAX_LABEL = 63;
    private static final int MAX_SUBDOMAIN = 253;

    private DnsNames() {}

    /** Whether it is an RFC 1035 label: the name of a Service. */
    static boolean isService(String name) {
        return isLabel(name) && isLetter(name.charAt(0));
    }

    /** Whether it is an RFC 1123 label: a namespace, the name of a Service port. Read for each call by name. */
    static boolean isLabel(String name) {
        int last = name.length() - 1;
        if (last < 0 || last >= MAX_LABEL || name.charAt(0) == '-' || name.charAt(last) == '-') {
            return false;
        }
        for (int i = 0; i <= last; i++) {
            char c = name.charAt(i);
            if (!isLetter(c) && !isDigit(c) && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static String requireLabel(String what, String value) {
        if (!isLabel(value)) {
            throw BadInput.of(what, value, "1 to 63 of a-z, 0-9 and '-', the first and the last no '-'");
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
            throw BadInput.of(what, value, "labels of a-z, 0-9 and '-' joined by dots, 253 characters at most");
        }
        return value;
    }

    static String requireScheme(String value) {
        if (!isScheme(value)) {
            throw BadInput.of("scheme", value, "the scheme of a URI, such as http");
        }
        return value;
    }

    /** Whether it is the scheme of a URI (RFC 3986, section 3.1). Read for each call by a URI. */
    private static boolean isScheme(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean letter = isLetter(c) || (c >= 'A' && c <= 'Z');
            if (!letter && (i == 0 || (!isDigit(c) && "-+.".indexOf(c) < 0))) {
                return false;
            }
        }
        return !value.isEmpty();
    }
}
