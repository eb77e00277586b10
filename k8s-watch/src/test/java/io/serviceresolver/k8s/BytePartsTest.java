package io.serviceresolver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BytePartsTest {

    private final Random random = new Random(7);
    private final byte[] all = new byte[1000];
    private final ByteParts parts = new ByteParts();

    BytePartsTest() {
        random.nextBytes(all);
        for (int from = 0; from < all.length; ) {
            // Also parts of nothing.
            int length = Math.min(random.nextInt(40), all.length - from);
            parts.add(ByteBuffer.wrap(all, from, length));
            from += length;
        }
    }

    @Test
    void isOneText() throws IOException {
        assertThat(parts.size()).isEqualTo(all.length);
        assertThat(parts.stream().readAllBytes()).isEqualTo(all);
    }

    @Test
    void givesRangesAcrossItsParts() {
        for (int from = 0; from < all.length; from += random.nextInt(60)) {
            int length = random.nextInt(Math.min(120, all.length - from)) + 1;
            assertThat(parts.range(from, length)).isEqualTo(Arrays.copyOfRange(all, from, from + length));
        }
        assertThat(new ByteParts().size()).isZero();
    }
}
