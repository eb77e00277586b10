package io.serviceresolver.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class EnvironmentNamesTest {

    @Test
    void manglesAsTheKubeletDoes() {
        EnvironmentNames names = EnvironmentNames.of("foo-bar2");
        assertThat(names.host()).isEqualTo("FOO_BAR2_SERVICE_HOST");
        assertThat(names.firstPort()).isEqualTo("FOO_BAR2_SERVICE_PORT");
        assertThat(names.namedPorts() + EnvironmentNames.mangle("http-alt"))
                .isEqualTo("FOO_BAR2_SERVICE_PORT_HTTP_ALT");
        assertThat(names.firstLink()).isEqualTo("FOO_BAR2_PORT");
        assertThat(names.links() + "80_TCP").isEqualTo("FOO_BAR2_PORT_80_TCP");
    }

    @Test
    void manglesInTheSameWayWhereTheLocaleIsTurkish() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(EnvironmentNames.mangle("pricing-api")).isEqualTo("PRICING_API");
            assertThat(EnvironmentNames.label("HTTP_API")).isEqualTo("http-api");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void knowsWhatManglingMakesOfALabel() {
        assertThat(EnvironmentNames.isMangled("HTTP_ALT")).isTrue();
        assertThat(EnvironmentNames.isMangled("8083")).isTrue();
        assertThat(EnvironmentNames.isMangled("A__B")).isTrue();
        assertThat(EnvironmentNames.isMangled("")).isFalse();
        assertThat(EnvironmentNames.isMangled("_HTTP")).isFalse();
        assertThat(EnvironmentNames.isMangled("HTTP_")).isFalse();
        assertThat(EnvironmentNames.isMangled("http")).isFalse();
        assertThat(EnvironmentNames.isMangled("A".repeat(64))).isFalse();
        assertThat(EnvironmentNames.isMangled("A_".repeat(100_000) + "A")).isFalse();
    }

    @Test
    void tellsLinksByTheirNumberAndProtocol() {
        assertThat(EnvironmentNames.LINK.matcher("8080_TCP").matches()).isTrue();
        assertThat(EnvironmentNames.LINK.matcher("53_UDP_ADDR").matches()).isTrue();
        assertThat(EnvironmentNames.LINK.matcher("53_UDP_PROTO").matches()).isFalse();
        assertThat(EnvironmentNames.LINK_PART.matcher("53_UDP_PROTO").matches()).isTrue();
        assertThat(EnvironmentNames.LINK_PART.matcher("53_UDP").matches()).isFalse();
        assertThat(EnvironmentNames.LINK.matcher("8080_HTTP").matches()).isFalse();
        assertThat(EnvironmentNames.LINK.matcher("HTTP").matches()).isFalse();
        assertThat(EnvironmentNames.LINK.matcher("PORT_80_TCP").matches()).isFalse();
    }
}
