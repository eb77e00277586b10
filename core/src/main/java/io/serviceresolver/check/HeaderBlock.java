package io.serviceresolver.check;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;

/** Headers of HTTP/2 as literals that nobody has to remember, without Huffman coding (RFC 7541, section 6.2.2). */
final class HeaderBlock {

    private static final int WITHOUT_INDEXING = 0;

    /** The largest number in the 7 bits of a length's first byte, which says that more follow (section 5.1). */
    private static final int MORE = 0x7f;

    private static final int CONTINUES = 0x80;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    HeaderBlock with(String name, String value) {
        bytes.write(WITHOUT_INDEXING);
        text(name);
        text(value);
        return this;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    private void text(String text) {
        byte[] ascii = text.getBytes(US_ASCII);
        length(ascii.length);
        bytes.writeBytes(ascii);
    }

    private void length(int length) {
        if (length < MORE) {
            bytes.write(length);
            return;
        }
        bytes.write(MORE);
        int rest = length - MORE;
        while (rest >= CONTINUES) {
            bytes.write((rest & MORE) | CONTINUES);
            rest >>>= 7;
        }
        bytes.write(rest);
    }
}
