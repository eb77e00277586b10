package io.serviceresolver.endpoint;

/** IPv4 addresses as numbers, and as the one text of each: dotted, without leading zeros. */
final class Ipv4 {

    /** No address: more than four bytes hold. */
    static final long NONE = -1;

    private static final int OCTETS = 4;
    private static final int LONGEST = "255.255.255.255".length();

    private Ipv4() {}

    /** The number, unsigned; {@link #NONE} where this is not the text of one. */
    static long parse(String text) {
        if (text.length() > LONGEST) {
            return NONE;
        }
        long address = 0;
        int start = 0;
        for (int i = 0; i < OCTETS; i++) {
            int end = i == OCTETS - 1 ? text.length() : text.indexOf('.', start);
            int octet = end < 0 ? -1 : octet(text, start, end);
            if (octet < 0) {
                return NONE;
            }
            address = address << 8 | octet;
            start = end + 1;
        }
        return address;
    }

    /** The number between two places: 0 to 255; negative where there is none. */
    private static int octet(String text, int start, int end) {
        int digits = end - start;
        if (digits < 1 || digits > 3 || (digits > 1 && text.charAt(start) == '0')) {
            return -1;
        }
        int octet = 0;
        for (int i = start; i < end; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            octet = octet * 10 + digit;
        }
        return octet > 255 ? -1 : octet;
    }

    static String text(int address) {
        return (address >>> 24) + "." + (address >>> 16 & 0xff) + "." + (address >>> 8 & 0xff) + "." + (address & 0xff);
    }

    /** As a URI writes it. */
    static String text(int address, int port) {
        return (address >>> 24) + "." + (address >>> 16 & 0xff) + "." + (address >>> 8 & 0xff) + "." + (address & 0xff)
                + ":" + port;
    }

    static byte[] bytes(int address) {
        return new byte[] {(byte) (address >>> 24), (byte) (address >>> 16), (byte) (address >>> 8), (byte) address};
    }
}
