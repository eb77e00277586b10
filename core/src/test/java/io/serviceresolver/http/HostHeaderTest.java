package io.serviceresolver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
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
        return ProbeJvm.run(HostHeaderProbe.class, directory, options).stream()
                .filter(line -> line.startsWith("HTTP_"))
                .toList();
    }
}
