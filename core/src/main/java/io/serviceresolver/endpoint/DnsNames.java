package io.serviceresolver.endpoint;

import io.serviceresolver.text.BadInput;
import java.util.regex.Pattern;

/** The rules of the names that Kubernetes and URIs use, and how a bad one is reported. */
final class DnsNames {

    /** RFC 1035 label: the name of a Service. */
    private static final Pattern SERVICE = Pattern.compile("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");

    /** RFC 1123 label: a namespace, the name of a Service port. */
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    /** RFC 3986, section 3.1: the scheme of a URI. */
    private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][-a-zA-Z0-9+.]*");

    private static final int MAX_SUBDOMAIN = 253;

    private DnsNames() {}

    static boolean isService(String name) {
        return SERVICE.matcher(name).matches();
    }

    static boolean isLabel(String name) {
        return LABEL.matcher(name).matches();
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
        if (!SCHEME.matcher(value).matches()) {
            throw BadInput.of("scheme", value, "the scheme of a URI, such as http");
        }
        return value;
    }
}
