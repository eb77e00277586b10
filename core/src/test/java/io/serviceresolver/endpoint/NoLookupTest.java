package io.serviceresolver.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names are looked up in a hosts file here that knows each of them: whatever is looked up is found, and seen. */
class NoLookupTest {

    private static final List<String> NAMES = List.of(
            "skippy",
            "localhost",
            "face",
            "cafe.babe",
            "beef",
            "a",
            "metadata.google.internal",
            "evil.com",
            "10.0.0.7.x",
            "0x7f.1",
            "1.2.3.4.5",
            "010.1.1.1.1",
            "fe80::1%trap",
            "::trap",
            "1:2",
            "::ffff:10.1",
            ":",
            "a:b:c",
            "12345::1",
            "[::1]",
            "face:",
            "localhost:80",
            "1.2.3.4.",
            "xn--80ak6aa92e",
            "256.256.256.256",
            "0.0.0.0.0");

    @TempDir
    private Path directory;

    @Test
    void nothingIsLookedUp() throws IOException, InterruptedException, URISyntaxException {
        Path hosts = directory.resolve("hosts");
        Files.writeString(hosts, LookupProbe.TRAP + " trap " + String.join(" ", NAMES) + "\n");
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djdk.net.hosts.file=" + hosts,
                        "-Xmx64m",
                        "-cp",
                        location(LookupProbe.class) + File.pathSeparator + location(IpAddresses.class),
                        LookupProbe.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try (OutputStream input = process.getOutputStream()) {
            input.write(String.join("\n", NAMES).getBytes(UTF_8));
        }
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(output);
        assertThat(lines.subList(0, 2)).containsExactly("armed", LookupProbe.TRAP);
        assertThat(lines.subList(2, lines.size())).isEqualTo(Collections.nCopies(NAMES.size(), "not an IP address"));
    }

    private static String location(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }
}
