package io.serviceresolver.source;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What the kubelet calls the environment variables of one Service. Names of Services and of their ports are mangled in
 * one way: upper case, {@code _} for {@code -}.
 *
 * @param prefix the mangled name of the Service
 */
record EnvironmentNames(String prefix) {

    /** The rest of a link's name, behind {@link #links}: number and protocol of the port, and whether it is an address. */
    static final Pattern LINK = Pattern.compile("([0-9]{1,5})_(TCP|UDP|SCTP)(_ADDR)?");

    /** The rest of the name of a variable that repeats a part of a link. */
    static final Pattern LINK_PART = Pattern.compile("[0-9]{1,5}_(?:TCP|UDP|SCTP)_(?:ADDR|PORT|PROTO)");

    private static final Pattern MANGLED = Pattern.compile("[A-Z0-9]([_A-Z0-9]{0,61}[A-Z0-9])?");

    static EnvironmentNames of(String service) {
        return new EnvironmentNames(mangle(service));
    }

    static String mangle(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** Whether this is what mangling makes of a label. */
    static boolean isMangled(String text) {
        return MANGLED.matcher(text).matches();
    }

    /** The label of which mangling made this. */
    static String label(String mangled) {
        return mangled.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The ClusterIP. */
    String host() {
        return prefix + "_SERVICE_HOST";
    }

    /** The number of the first port of the Service. */
    String firstPort() {
        return prefix + "_SERVICE_PORT";
    }

    /** What stands before the mangled name of a port: the variable is its number. */
    String namedPorts() {
        return prefix + "_SERVICE_PORT_";
    }

    /** The first port as a URL, as for a link of Docker. */
    String firstLink() {
        return prefix + "_PORT";
    }

    /** What stands before the number and the protocol of a port, as for a link of Docker. */
    String links() {
        return prefix + "_PORT_";
    }
}
