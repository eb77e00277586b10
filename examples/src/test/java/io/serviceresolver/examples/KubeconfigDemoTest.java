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
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigDemoTest {

    private static final String VARIABLE = "SERVICE_RESOLVER_TEST_KUBECONFIG";

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(printed, true, UTF_8), UTF_8);

    @Test
    @EnabledIfEnvironmentVariable(named = VARIABLE, matches = ".+", disabledReason = VARIABLE + " names no kubeconfig")
    void followsPodsOfARealApiServerAndRemovesThem() {
        Path kubeconfig = Path.of(System.getenv(VARIABLE));
        assertThat(new KubeconfigDemo(console, kubeconfig).run()).isZero();
        assertThat(printed.toString(UTF_8))
                .contains("+ 192.0.2.13:8080 (skippy-c)   ready")
                .contains("3 of 3 endpoints ready")
                .contains("~ 192.0.2.12:8080 (skippy-b)   not ready")
                .contains("~ 192.0.2.11:8080 (skippy-a)   terminating, still serving")
                .contains("- 192.0.2.11:8080 (skippy-a)   gone")
                .contains("deleted namespace service-resolver-demo-");
    }

    @Test
    void saysThatTheApiServerCannotBeReached(@TempDir Path folder) throws IOException {
        int port;
        try (MockApiServer stopped = MockApiServer.start()) {
            port = stopped.client().getMasterUrl().getPort();
        }
        Path file = Files.writeString(folder.resolve("config"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: a, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: a, user: {token: "none"}}]
                contexts: [{name: a, context: {cluster: a, user: a}}]
                current-context: a
                """.formatted(port));
        assertThatThrownBy(() -> new KubeconfigDemo(console, file).run())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("--kubeconfig: " + file + " (expected: an API server")
                .hasMessageContaining("ConnectException");
    }
}
