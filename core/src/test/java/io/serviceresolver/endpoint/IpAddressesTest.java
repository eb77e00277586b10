package io.serviceresolver.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.serviceresolver.text.Printable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressesTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.7, 10.0.0.7",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "::, ::",
        "::1, ::1",
        "0:0:0:0:0:0:0:1, ::1",
        "fd00:0:0:0:0:0:0:7, fd00::7",
        "FD00::ABCD, fd00::abcd",
        "2001:db8::0001, 2001:db8::1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
        "1:2:3:4:5:6::, 1:2:3:4:5:6::",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "64:ff9b::10.0.0.7, 64:ff9b::a00:7",
        "::ffff:10.0.0.7, 10.0.0.7",
        "::FFFF:0a00:0007, 10.0.0.7",
        "0:0:0:0:0:ffff:10.0.0.7, 10.0.0.7",
        "::10.0.0.7, ::a00:7",
    })
    void writesEachAddressInOneForm(String literal, String canonical) {
        assertThat(IpAddresses.canonical(literal)).isEqualTo(canonical);
        assertThat(IpAddresses.canonical(canonical)).isEqualTo(canonical);
        assertThat(IpAddresses.parse(literal).getHostName()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "010.1.1.1",
                "10.01.1.1",
                "10.1.1.00",
                "0x7f.0.0.1",
                "0x7f.1",
                "0x7f000001",
                "127.1",
                "10.1.1",
                "2130706433",
                "017700000001",
                "256.0.0.1",
                "10.0.0.7.",
                ".10.0.0.7",
                "10.0.0.7.1",
                "10.0.0.-7",
                "10.0.0.+7",
                "10.0.0.7 ",
                " 10.0.0.7",
                "10.0.0.7\n",
                "10.0.0.7\u0000",
                "10.0.0.\u0667",
                "10.0.0.7/32",
                "10.0.0.7:80",
                "10..0.7",
                "1.2.3.4.5.6.7.8",
                "localhost",
                "skippy",
                "face",
                "cafe.babe",
                "a.b",
                "metadata.google.internal",
                "fe80::1%eth0",
                "fe80::1%1",
                "fe80::1%25lo",
                "::1%",
                "[::1]",
                "[fd00::7]",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                ":1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:",
                "12345::",
                "00001::",
                "::g",
                "fd00::-7",
                "fd00::7 ",
                "fd00::7/64",
                "::ffff:010.0.0.7",
                "::ffff:10.0.7",
                "::ffff:10.0.0.256",
                "::ffff:0x7f.0.0.1",
                "::10.0.0.7:1",
                "10.0.0.7::",
                "::ffff:10.0.0.7.1",
                "1:2:3:4:5:6:7:10.0.0.7",
                "10:",
                ":10",
                "a:",
                "10.0.0.7:",
                "::.",
                "0000:0000:0000:0000:0000:ffff:255.255.255.2555",
                "\uff11\uff10.0.0.7",
                "fd00\uff1a:7"
            })
    void refusesWhatIsNoStrictLiteral(String text) {
        assertThatThrownBy(() -> IpAddresses.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "address: " + Printable.value(text) + " (expected: an IPv4 or IPv6 address without brackets)");
        assertThatThrownBy(() -> IpAddresses.canonical(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesVeryLongTextsAtOnce() {
        for (String part : new String[] {"1", ":", "1:", "1.", "f", "::", "."}) {
            assertThatThrownBy(() -> IpAddresses.parse(part.repeat(1_000_000)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .message()
                    .hasSizeLessThan(400);
        }
    }

    @Test
    void writesEachAddressSoThatItIsReadAsTheSameOne() throws UnknownHostException {
        long seed = 5952;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = new byte[random.nextInt(4) == 0 ? 4 : 16];
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = random.nextInt(3) == 0 ? (byte) random.nextInt() : 0;
            }
            InetAddress address = InetAddress.getByAddress(bytes);
            String canonical = IpAddresses.canonical(address.getHostAddress());
            String message = "seed " + seed + ", step " + i + ": " + canonical;
            assertThat(IpAddresses.parse(canonical)).as(message).isEqualTo(address);
            assertThat(IpAddresses.canonical(canonical)).as(message).isEqualTo(canonical);
            assertThat(canonical).as(message).isEqualTo(compressed(address.getHostAddress()));
        }
    }

    /** The JDK's long form with the first longest run of zeros, of two groups at least, put as {@code ::}. */
    private static String compressed(String longForm) {
        return Pattern.compile("(^|:)(0(:|$)){2,}")
                .matcher(longForm)
                .results()
                .max(Comparator.comparingLong((MatchResult run) ->
                                run.group().chars().filter(c -> c == '0').count())
                        .thenComparing(MatchResult::start, Comparator.reverseOrder()))
                .map(run -> longForm.substring(0, run.start()) + "::" + longForm.substring(run.end()))
                .orElse(longForm);
    }

    @Test
    void throwsNothingElseWhateverItIsGiven() {
        long seed = 51;
        SplittableRandom random = new SplittableRandom(seed);
        String alphabet = "0017fF::::..%[]x ";
        int accepted = 0;
        for (int i = 0; i < 300_000; i++) {
            String text = random.ints(random.nextInt(24), 0, alphabet.length())
                    .mapToObj(at -> String.valueOf(alphabet.charAt(at)))
                    .collect(Collectors.joining());
            Throwable thrown = catchThrowable(() -> IpAddresses.canonical(text));
            if (thrown == null) {
                accepted++;
                assertThat(text).as("seed %d, step %d", seed, i).matches("[0-9a-fA-F:.]+");
            } else {
                assertThat(thrown)
                        .as("seed %d, step %d: %s", seed, i, text)
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
        assertThat(accepted).as("how many of the texts were addresses").isPositive();
    }
}
