package io.serviceresolver.endpoint;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Strict reading of IP address literals: never a look-up, no octal, no short forms, no zones. */
public final class IpAddresses {

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
    private static final int MAX_LENGTH = 45;

    private IpAddresses() {}

    /**
     * Reads an IPv4 or IPv6 address.
     *
     * @param literal the address, IPv6 without brackets
     * @return the address; an IPv4 address written as an IPv6 one is an IPv4 address
     * @throws IllegalArgumentException if it is no such literal
     */
    public static InetAddress parse(String literal) {
        boolean candidate = literal.length() <= MAX_LENGTH
                && (IPV4.matcher(literal).matches() || IPV6.matcher(literal).matches());
        if (candidate) {
            try {
                // Both patterns are told from a host name by the JDK as well: nothing is looked up.
                return InetAddress.getByName(literal);
            } catch (UnknownHostException e) {
                throw malformed(literal, e);
            }
        }
        throw malformed(literal, null);
    }

    /**
     * The address as an {@link Endpoint} holds it: IPv4 dotted, IPv6 without brackets and in the one form that the JDK
     * prints.
     *
     * @param literal the address
     * @return its canonical form
     * @throws IllegalArgumentException if it is no such literal
     */
    public static String canonical(String literal) {
        return IPV4.matcher(literal).matches() ? literal : parse(literal).getHostAddress();
    }

    private static IllegalArgumentException malformed(String literal, @Nullable Throwable cause) {
        IllegalArgumentException e = DnsNames.bad("address", literal, "an IPv4 or IPv6 address without brackets");
        if (cause != null) {
            e.initCause(cause);
        }
        return e;
    }
}
