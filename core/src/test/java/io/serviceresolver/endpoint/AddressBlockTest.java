package io.serviceresolver.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressBlockTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.128/25, 10.0.0.127, false",
        "10.0.0.128/25, 10.0.0.128, true",
        "10.0.0.7, 10.0.0.7, true",
        "10.0.0.7/32, 10.0.0.6, false",
        "0.0.0.0/0, 255.1.2.3, true",
        "0.0.0.0/0, ::1, false",
        "::/0, fd00::7, true",
        "::/0, 10.0.0.7, false",
        "fe80::/10, febf::1, true",
        "fe80::/10, fec0::1, false",
        "fd00::/127, fd00::1, true",
        "fd00::/127, fd00::2, false",
    })
    void containsWhatHasItsPrefix(String block, String address, boolean contained) {
        assertThat(AddressBlock.parse(block).contains(IpAddresses.parse(address).getAddress()))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.7/8",
                "10.0.0.0/33",
                "10.0.0.0/08",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.0/8/8",
                "fd00::/129",
                "fd00::1/64",
                "10.0.0.0/999",
                "10.0.0.0/ 8",
                "10.0.0.0/\u0668",
                "/8",
                "",
                "skippy/8",
                "10.0/16",
                "::ffff:10.0.0.0/104"
            })
    void refusesWhatIsNoBlock(String block) {
        assertThatThrownBy(() -> AddressBlock.parse(block))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .matches("(network|address): [ -~]* \\(expected: .*\\)");
    }

    @Test
    void agreesWithArithmetic() {
        long seed = 4632;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 50_000; i++) {
            int bits = random.nextInt(33);
            int address = random.nextInt();
            int mask = bits == 0 ? 0 : -1 << (32 - bits);
            int other = random.nextBoolean() ? address ^ (random.nextInt() >>> random.nextInt(32)) : random.nextInt();
            AddressBlock block = AddressBlock.parse(dotted(address & mask) + "/" + bits);
            assertThat(block.contains(IpAddresses.parse(dotted(other)).getAddress()))
                    .as("seed %d, step %d: %s/%d and %s", seed, i, dotted(address & mask), bits, dotted(other))
                    .isEqualTo((other & mask) == (address & mask));
        }
    }

    private static String dotted(int address) {
        byte[] bytes =
                BigInteger.valueOf(Integer.toUnsignedLong(address) | 1L << 32).toByteArray();
        return (bytes[1] & 0xff) + "." + (bytes[2] & 0xff) + "." + (bytes[3] & 0xff) + "." + (bytes[4] & 0xff);
    }
}
