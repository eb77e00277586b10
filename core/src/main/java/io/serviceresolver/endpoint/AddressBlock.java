package io.serviceresolver.endpoint;

import io.serviceresolver.text.BadInput;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A block of IP addresses, as CIDR notation writes it (RFC 4632, RFC 4291). Immutable. */
final class AddressBlock {

    private static final Pattern CIDR = Pattern.compile("([^/]*)(?:/(0|[1-9][0-9]{0,2}))?");

    private final byte[] first;
    private final int prefixBits;

    private AddressBlock(byte[] first, int prefixBits) {
        this.first = first;
        this.prefixBits = prefixBits;
    }

    /** Reads {@code 10.0.0.0/8}, {@code fd00::/8} or a single address. */
    static AddressBlock parse(String cidr) {
        Matcher parts = CIDR.matcher(cidr);
        if (!parts.matches()) {
            throw bad(cidr);
        }
        byte[] address = IpAddresses.parse(parts.group(1)).getAddress();
        String length = parts.group(2);
        int prefixBits = length == null ? address.length * 8 : Integer.parseInt(length);
        if (prefixBits > address.length * 8 || !Arrays.equals(address, masked(address, prefixBits))) {
            throw bad(cidr);
        }
        return new AddressBlock(address, prefixBits);
    }

    boolean contains(byte[] address) {
        return Arrays.equals(first, masked(address, prefixBits));
    }

    private static byte[] masked(byte[] address, int prefixBits) {
        byte[] masked = new byte[address.length];
        for (int i = 0; i < address.length; i++) {
            int bits = Math.max(0, Math.min(8, prefixBits - 8 * i));
            masked[i] = (byte) (address[i] & (0xff00 >> bits));
        }
        return masked;
    }

    private static IllegalArgumentException bad(String cidr) {
        return BadInput.of("network", cidr, "an address, or the first address of a block and its length: 10.0.0.0/8");
    }
}
