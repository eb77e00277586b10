package io.serviceresolver.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoArgumentsTest {

    @Test
    void nothingMeansTheDemoInThisProcess() {
        assertThat(DemoArguments.parse().kubeconfig()).isEmpty();
    }

    @Test
    void aKubeconfigIsAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("config"), "");
        assertThat(DemoArguments.parse("--kubeconfig", file.toString()).kubeconfig())
                .contains(file);
        assertRefused("--kubeconfig: " + folder + " (expected: a file that can be read)", "--kubeconfig", "" + folder);
    }

    @Test
    void whatIsWrongIsNamed() {
        assertRefused("--kubeconfig: nofile (expected: a file that can be read)", "--kubeconfig", "nofile");
        assertRefused("--kubeconfig: nothing (expected: one file)", "--kubeconfig");
        assertRefused("--kubeconfig: b (expected: one file)", "--kubeconfig", "a", "b");
        assertRefused("argument: --help (expected: nothing, or --kubeconfig FILE)", "--help");
    }

    @Test
    void wrongArgumentsArePrintedAndEndTheDemoWithCode2() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        int code = Demo.run(new Console(new PrintStream(printed, true, UTF_8), UTF_8), "--kubeconfig", "nofile");
        assertThat(code).isEqualTo(2);
        assertThat(printed.toString(UTF_8))
                .isEqualToNormalizingNewlines("demo: --kubeconfig: nofile (expected: a file that can be read)\n");
    }

    private static void assertRefused(String message, String... words) {
        assertThatThrownBy(() -> DemoArguments.parse(words))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
