package io.serviceresolver.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.source.EndpointSource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DnsSourceBuilderTest {

    private static final InetSocketAddress NO_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    /** A call of the builder. */
    private interface Call {
        void on(DnsSourceBuilder builder);
    }

    private static Arguments call(String expected, Call call) {
        return Arguments.of(expected, call);
    }

    static Stream<Arguments> invalid() {
        Duration dayPlus = Duration.ofDays(1).plusNanos(1);
        return Stream.of(
                call("nameserver: dns.invalid/<unresolved>:53 (expected: an IP address and a port)", b -> {
                    b.nameserver(InetSocketAddress.createUnresolved("dns.invalid", 53));
                }),
                call("nameserver: localhost/127.0.0.1:0", b -> b.nameserver(NO_PORT)),
                call("queryTimeout: PT0S (expected: PT0.001S to PT1M)", b -> b.queryTimeout(Duration.ZERO)),
                call("queryTimeout: PT-1S", b -> b.queryTimeout(Duration.ofSeconds(-1))),
                call("queryTimeout: PT1M1S", b -> b.queryTimeout(Duration.ofSeconds(61))),
                call("hedgeDelay: PT0S", b -> b.hedgeDelay(Duration.ZERO)),
                call("hedgeDelay: PT0.501S (expected: at most queryTimeout", b -> {
                    b.hedgeDelay(Duration.ofMillis(501)).build();
                }),
                call("tries: 0 (expected: 1 to 10)", b -> b.tries(0)),
                call("tries: 11", b -> b.tries(11)),
                call("refreshTimeout: PT0S", b -> b.refreshTimeout(Duration.ZERO)),
                call("minTtl: PT0S", b -> b.minTtl(Duration.ZERO)),
                call("minTtl: PT31S (expected: at most maxTtl, which is PT30S)", b -> {
                    b.minTtl(Duration.ofSeconds(31)).build();
                }),
                call("maxTtl: PT24H0.000000001S", b -> b.maxTtl(dayPlus)),
                call("jitter: -0.1 (expected: 0 to 0.5)", b -> b.jitter(-0.1)),
                call("jitter: 0.6", b -> b.jitter(0.6)),
                call("jitter: NaN", b -> b.jitter(Double.NaN)),
                call("negativeHold: PT-1S", b -> b.negativeHold(Duration.ofSeconds(-1))),
                call("maxAddresses: 0 (expected: 1 to 10000)", b -> b.maxAddresses(0)),
                call("maxAddresses: 10001", b -> b.maxAddresses(10_001)),
                call("ednsPayload: 511 (expected: 512 to 4096)", b -> b.ednsPayload(511)),
                call("ednsPayload: 4097", b -> b.ednsPayload(4097)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalid")
    void invalidValuesAreRefused(String message, Call call) {
        assertThatThrownBy(() -> call.on(DnsSource.builder()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message)
                .hasMessageContaining("(expected: ");
    }

    @Test
    void extremesThatFitTogetherAreTaken() {
        DnsSource source = DnsSource.builder()
                .queryTimeout(Duration.ofMillis(1))
                .hedgeDelay(Duration.ofMillis(1))
                .tries(10)
                .minTtl(Duration.ofDays(1))
                .maxTtl(Duration.ofDays(1))
                .jitter(0)
                .negativeHold(Duration.ZERO)
                .maxAddresses(10_000)
                .ednsPayload(4096)
                .build();
        assertThat(source.name()).isEqualTo("dns");
        assertThat(source.origin()).isEqualTo(EndpointSource.Origin.REMOTE);
        source.close();
        DnsSource.fromResolvConf().close();
    }
}
