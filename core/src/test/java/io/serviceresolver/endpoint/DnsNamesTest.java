package io.serviceresolver.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.text.Printable;
import org.junit.jupiter.api.Test;

class DnsNamesTest {

    @Test
    void servicesStartWithALetterAndLabelsNeedNot() {
        assertThat(DnsNames.isService("a")).isTrue();
        assertThat(DnsNames.isService("a1-b")).isTrue();
        assertThat(DnsNames.isService("1a")).isFalse();
        assertThat(DnsNames.isLabel("1a")).isTrue();
        assertThat(DnsNames.isLabel("1")).isTrue();
        assertThat(DnsNames.isLabel("a-")).isFalse();
        assertThat(DnsNames.isLabel("-a")).isFalse();
        assertThat(DnsNames.isLabel("A")).isFalse();
        assertThat(DnsNames.isLabel("a.b")).isFalse();
        assertThat(DnsNames.isLabel("a\n")).isFalse();
        assertThat(DnsNames.isLabel("")).isFalse();
    }

    @Test
    void domainsAreLabelsJoinedByDotsUpTo253Characters() {
        String label = "a".repeat(63);
        String longest = String.join(".", label, label, label, "a".repeat(61));
        assertThat(DnsNames.requireSubdomain("domain", longest)).hasSize(253);
        assertThatThrownBy(() -> DnsNames.requireSubdomain("domain", longest + "a"))
                .hasMessageStartingWith("domain: aaa");
        assertThatThrownBy(() -> DnsNames.requireSubdomain("domain", "a..b"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DnsNames.requireSubdomain("domain", ".a"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DnsNames.requireSubdomain("domain", "a_b"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatOthersWroteIsShownEscapedAndCut() {
        assertThat(Printable.of("plain ~ text")).isEqualTo("plain ~ text");
        assertThat(Printable.of("a\r\n\u0000\u001b\u007f\u200b\ud83d\ude00"))
                .isEqualTo("a\\u000d\\u000a\\u0000\\u001b\\u007f\\u200b\\ud83d\\ude00");
        assertThat(Printable.of("x".repeat(200))).isEqualTo("x".repeat(200));
        assertThat(Printable.of("x".repeat(1_000_000))).isEqualTo("x".repeat(200) + "... (1000000 characters)");
    }
}
