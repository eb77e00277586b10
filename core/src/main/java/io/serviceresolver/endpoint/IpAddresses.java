package io.serviceresolver.endpoint;

import io.serviceresolver.text.BadInput;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Strict reading of IP address literals: never a look-up, no octal, no short forms, no zones. */
public final class IpAddresses {

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final String DOTTED = OCTET + "(\\." + OCTET + "){3}";
    private static final Pattern IPV6 = Pattern.compile("([0-9a-fA-F]{0,4}:){2,8}([0-9a-fA-F]{0,4}|" + DOTTED + ")");
    private static final int IPV6_GROUPS = 8;

    private IpAddresses() {}

    /**
     * Reads an IPv4 or IPv6 address.
     *
     * @param literal the address, IPv6 without brackets
     * @return the address, whose host name is its literal, so that asking it for its name looks nothing up either; an
     *     IPv4 address written as an IPv6 one is an IPv4 address
     * @throws IllegalArgumentException if it is no such literal
     */
    public static InetAddress parse(String literal) {
        byte[] address = bytes(literal);
        try {
            return InetAddress.getByAddress(text(address), address);
        } catch (UnknownHostException e) {
            throw malformed(literal, e);
        }
    }

    /**
     * The address as an {@link Endpoint} holds it and Kubernetes writes it: IPv4 dotted, IPv6 without brackets and in
     * the form of RFC 5952, such as {@code fd00::7}.
     *
     * @param literal the address
     * @return its canonical form; an IPv4 address written as an IPv6 one is an IPv4 address
     * @throws IllegalArgumentException if it is no such literal
     */
    public static String canonical(String literal) {
        return Ipv4.parse(literal) == Ipv4.NONE ? text(bytes(literal)) : literal;
    }

    private static byte[] bytes(String literal) {
        long ipv4 = Ipv4.parse(literal);
        if (ipv4 != Ipv4.NONE) {
            return Ipv4.bytes((int) ipv4);
        }
        if (!IPV6.matcher(literal).matches()) {
            throw malformed(literal, null);
        }
        try {
            // What matches the pattern is no host name to the JDK either: it is read or refused, not looked up.
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw malformed(literal, e);
        }
    }

    private static String text(byte[] address) {
        if (address.length == IPV6_GROUPS * 2) {
            return compressed(address);
        }
        return Ipv4.text(ByteBuffer.wrap(address).getInt());
    }

    /** RFC 5952, section 4: lower case, no leading zeros, and {@code ::} for the first longest run of two zeros or more. */
    private static String compressed(byte[] address) {
        int[] groups = new int[IPV6_GROUPS];
        for (int i = 0; i < IPV6_GROUPS; i++) {
            groups[i] = (address[2 * i] & 0xff) << 8 | (address[2 * i + 1] & 0xff);
        }
        int start = IPV6_GROUPS;
        int length = 1;
        for (int i = 0; i < IPV6_GROUPS; i++) {
            int zeros = zerosFrom(groups, i);
            if (zeros > length) {
                start = i;
                length = zeros;
            }
        }
        if (start == IPV6_GROUPS) {
            return joined(groups, 0, IPV6_GROUPS);
        }
        return joined(groups, 0, start) + "::" + joined(groups, start + length, IPV6_GROUPS);
    }

    private static int zerosFrom(int[] groups, int start) {
        int end = start;
        while (end < groups.length && groups[end] == 0) {
            end++;
        }
        return end - start;
    }

    private static String joined(int[] groups, int start, int end) {
        StringBuilder joined = new StringBuilder();
        for (int i = start; i < end; i++) {
            joined.append(i == start ? "" : ":").append(Integer.toHexString(groups[i]));
        }
        return joined.toString();
    }

    private static IllegalArgumentException malformed(String literal, @Nullable Throwable cause) {
        IllegalArgumentException e = BadInput.of("address", literal, "an IPv4 or IPv6 address without brackets");
        return cause == null ? e : new IllegalArgumentException(e.getMessage(), cause);
    }
}
