package io.serviceresolver.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {

    private final AddressPolicy standard = AddressPolicy.standard();

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, loopback",
        "127.255.255.255, loopback",
        "::1, loopback",
        "::ffff:127.0.0.1, loopback",
        "::ffff:7f00:1, loopback",
        "::127.0.0.1, loopback",
        "::ffff:0:127.0.0.1, loopback",
        "64:ff9b::127.0.0.1, loopback",
        "2002:7f00:1::1, loopback",
        "169.254.169.254, metadata service",
        "::ffff:169.254.169.254, metadata service",
        "::ffff:a9fe:a9fe, metadata service",
        "::169.254.169.254, metadata service",
        "64:ff9b::a9fe:a9fe, metadata service",
        "2002:a9fe:a9fe::, metadata service",
        "fd00:ec2::254, metadata service",
        "fd00:0ec2:0:0:0:0:0:0254, metadata service",
        "FD00:EC2::254, metadata service",
        "fd00:ec2::23, metadata service",
        "fd20:ce::254, metadata service",
        "fd00:c1::a9fe:a9fe, metadata service",
        "100.100.100.200, metadata service",
        "::ffff:100.100.100.200, metadata service",
        "168.63.129.16, metadata service",
        "169.254.0.0, link-local",
        "169.254.170.2, link-local",
        "169.254.255.255, link-local",
        "fe80::1, link-local",
        "febf:ffff::1, link-local",
        "224.0.0.0, multicast",
        "239.255.255.255, multicast",
        "::ffff:224.0.0.1, multicast",
        "ff02::1, multicast",
        "0.0.0.0, unspecified",
        "0.1.2.3, unspecified",
        "::, unspecified",
        "::ffff:0.0.0.0, unspecified",
        "::0.0.0.2, unspecified",
        "255.255.255.255, broadcast",
        "::ffff:255.255.255.255, broadcast",
        "skippy, not an IP address",
        "010.0.0.7, not an IP address",
        "fe80::1%eth0, not an IP address",
        "'', not an IP address",
    })
    void refusesWhatNoPodCanHave(String address, String reason) {
        assertThat(standard.refusal(address)).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.7",
                "172.16.0.1",
                "192.168.0.1",
                "100.64.0.1",
                "100.100.100.201",
                "169.253.255.255",
                "169.255.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "223.255.255.255",
                "240.0.0.1",
                "255.255.255.254",
                "1.0.0.0",
                "8.8.8.8",
                "fd00::7",
                "fd00:ec2::255",
                "fc00::1",
                "2001:db8::1",
                "2002:a00:7::1",
                "64:ff9b::10.0.0.7",
                "::ffff:10.0.0.7",
                "fec0::1",
                "fe7f::1",
                "::2:7f00:1",
                "168.63.129.17"
            })
    void allowsWhatAPodOrAServiceCanHave(String address) {
        assertThat(standard.refusal(address)).isEmpty();
    }

    @Test
    void permitsLoopbackAloneWhenToldTo() {
        AddressPolicy local = standard.permitLoopback();
        assertThat(local.refusal("127.0.0.1")).isEmpty();
        assertThat(local.refusal("::1")).isEmpty();
        assertThat(local.refusal("169.254.169.254")).contains("metadata service");
        assertThat(local.refusal("0.0.0.0")).contains("unspecified");
        assertThat(standard.refusal("127.0.0.1")).contains("loopback");
    }

    @Test
    void allowsOnlyTheNetworksNamedAndOfThoseWhatItAllowedBefore() {
        AddressPolicy pods = standard.allowOnly("10.0.0.0/8", "fd00::/8", "127.0.0.0/8");
        assertThat(pods.refusal("10.0.0.7")).isEmpty();
        assertThat(pods.refusal("fd00::7")).isEmpty();
        assertThat(pods.refusal("::ffff:10.0.0.7")).isEmpty();
        assertThat(pods.refusal("11.0.0.7")).contains("outside the allowed networks");
        assertThat(pods.refusal("2001:db8::1")).contains("outside the allowed networks");
        assertThat(pods.refusal("127.0.0.1")).contains("loopback");
        assertThat(pods.refusal("fd00:ec2::254")).contains("metadata service");
        assertThat(pods.permitLoopback().refusal("127.0.0.1")).isEmpty();
        assertThat(pods.permitLoopback().refusal("11.0.0.7")).contains("outside the allowed networks");
        assertThat(pods.allowOnly("11.0.0.0/8").refusal("10.0.0.7")).contains("outside the allowed networks");
    }

    @Test
    void refusesNetworksThatAreNone() {
        assertThatThrownBy(() -> standard.allowOnly("10.0.0.7/8"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("network: 10.0.0.7/8 (expected: ");
        assertThatThrownBy(() -> standard.allowOnly()).hasMessage("networks: none (expected: at least one)");
    }
}
