package io.serviceresolver.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.text.Printable;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServicePortTest {

    @Test
    void readsNumbersAndNames() {
        assertThat(ServicePort.parse("1")).isEqualTo(ServicePort.number(1)).hasToString("1");
        assertThat(ServicePort.parse("65535")).isEqualTo(ServicePort.number(65535));
        assertThat(ServicePort.parse("http-alt"))
                .isEqualTo(ServicePort.named("http-alt"))
                .hasToString("http-alt");
        assertThat(ServicePort.parse("8080-tcp")).isEqualTo(ServicePort.named("8080-tcp"));
        assertThat(ServicePort.ONLY).hasToString("").isEqualTo(new ServicePort.Only());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "65536",
                "99999999999999999999",
                "-1",
                "+80",
                "080",
                "00",
                "HTTP",
                "ht tp",
                "http_alt",
                "-http",
                "1-2",
                "\u0661",
                "\u0131",
                "80\n"
            })
    void refusesTheRestAndEscapesIt(String text) {
        assertThatThrownBy(() -> ServicePort.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("port: " + Printable.value(text) + " (expected: ");
    }

    @Test
    void takesNamesOfUpTo63Characters() {
        assertThat(ServicePort.named("p".repeat(63))).hasToString("p".repeat(63));
        assertThatThrownBy(() -> ServicePort.named("p".repeat(64))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertThatThrownBy(() -> ServicePort.number(0))
                .hasMessage("port: 0 (expected: 1 to 65535, or the name of a port)");
        assertThatThrownBy(() -> ServicePort.number(65536)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsSchemesWithoutRegardToCaseInAnyLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(ServicePort.forScheme("WSI"))
                    .isEqualTo(ServicePort.forScheme("wsi"))
                    .hasToString("(wsi)");
        } finally {
            Locale.setDefault(before);
        }
        assertThat(ServicePort.forScheme("coap+tcp")).hasToString("(coap+tcp)");
        assertThatThrownBy(() -> ServicePort.forScheme("ht\ntp"))
                .hasMessageStartingWith("scheme: ht\\u000atp (expected: ");
        assertThatThrownBy(() -> ServicePort.forScheme("")).isInstanceOf(IllegalArgumentException.class);
    }
}
