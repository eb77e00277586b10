package io.serviceresolver.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a Pod sees as {@code Host}: see {@link HostHeaderProbe}. */
class HostHeaderTest {

    @TempDir
    private Path directory;

    @Test
    void isThePodUnlessTheJvmLetsItBeSet() throws Exception {
        assertThat(probe())
                .containsExactly(
                        "HTTP_1_1 http://skippy/ [POD]",
                        "HTTP_1_1 http://Skippy.shield.svc:8080/x [POD]",
                        "HTTP_2 http://skippy/ [POD]",
                        "HTTP_2 http://Skippy.shield.svc:8080/x [POD]");
    }

    @Test
    void isTheServiceInHttp1WhereTheJvmLetsItBeSet() throws Exception {
        assertThat(probe("-Djdk.httpclient.allowRestrictedHeaders=connection,Host"))
                .containsExactly(
                        "HTTP_1_1 http://skippy/ [skippy]",
                        "HTTP_1_1 http://Skippy.shield.svc:8080/x [Skippy.shield.svc:8080]",
                        "HTTP_2 http://skippy/ [POD]",
                        "HTTP_2 http://Skippy.shield.svc:8080/x [POD]");
    }

    private List<String> probe(String... options) throws Exception {
        Path output = directory.resolve("output");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), HostHeaderProbe.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllLines(output, UTF_8).stream()
                .filter(line -> line.startsWith("HTTP_"))
                .toList();
    }
}
