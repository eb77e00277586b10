package io.serviceresolver.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serviceresolver.testkit.FakeCluster;
import io.serviceresolver.testkit.FakeNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line, against an API server. */
class InspectTest {

    private final FakeCluster cluster = FakeCluster.start();
    private final FakeNamespace shield = cluster.namespace("shield");
    private final PrintedLines printed = new PrintedLines();
    private final CountDownLatch stop = new CountDownLatch(1);

    @TempDir
    private Path folder;

    private String kubeconfig = "";

    @BeforeEach
    void fill() throws IOException {
        kubeconfig = Files.writeString(folder.resolve("config"), cluster.kubeconfig())
                .toString();
        shield.service("skippy").port("http", 80, 8080).selector("app", "skippy");
        shield.pod("skippy-a")
                .label("app", "skippy")
                .node("n1", "za")
                .ip("10.1.0.1")
                .ready();
        shield.pod("skippy-b").label("app", "skippy").node("n2", "zb").ip("10.1.0.2");
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void watchPrintsEachChangeUntilItIsStopped() throws Exception {
        FutureTask<Integer> code = new FutureTask<>(() -> inspect("watch", "skippy"));
        // Not a thread of the common pool, which may be the only one that the JDK's HTTP client answers on.
        DemoThreads.named("inspect-test").newThread(code).start();
        assertThat(printed.await("+ 10.1.0.1:8080 (skippy-a)")).endsWith(" ready");
        assertThat(printed.await("+ 10.1.0.2:8080 (skippy-b)")).endsWith(" not ready");
        printed.await("  1 of 2 endpoints ready");
        printed.await("  LIVE from watch: watch: 1 of 2 endpoints ready");
        shield.pod("skippy-b").ready();
        assertThat(printed.await("~ 10.1.0.2:8080 (skippy-b)")).endsWith(" ready");
        shield.pod("skippy-a").terminate();
        assertThat(printed.await("~ 10.1.0.1:8080 (skippy-a)")).endsWith(" terminating, still serving");
        shield.pod("skippy-a").delete();
        printed.await("- 10.1.0.1:8080 (skippy-a)");
        shield.pod("skippy-b").unready();
        printed.await("  EMPTY from watch: ");
        stop.countDown();
        assertThat(code.get(30, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void explainPrintsATable() {
        assertThat(inspect("explain", "skippy")).isZero();
        assertThat(printed.rest())
                .contains("skippy.shield: LIVE from watch, 1 of 2 endpoints chosen")
                .containsPattern("10\\.1\\.0\\.1:8080 +skippy-a +n1 +za +ready +watch .*chosen")
                .containsPattern(
                        "10\\.1\\.0\\.2:8080 +skippy-b +n2 +zb +not ready +watch .*left out by conditions: not ready");
    }

    @Test
    void explainPrintsJson() throws IOException {
        assertThat(inspect("explain", "skippy:http", "--json")).isZero();
        JsonNode json = new ObjectMapper().readTree(printed.rest());
        assertThat(json.path("target").textValue()).isEqualTo("skippy.shield:http");
        assertThat(json.path("endpoints").findValuesAsText("chosen")).containsExactly("true", "false");
    }

    @Test
    void explainSaysWhyThereIsNothing() {
        assertThat(inspect("explain", "skippy:grpc")).isEqualTo(1);
        assertThat(printed.rest())
                .contains("skippy.shield:grpc: EMPTY, 0 of 2 endpoints chosen")
                // The number of the Pods' port, as long as the Service is not known.
                .containsPattern("left out by source: port: grpc \\(expected: one of the ports: http (80|8080)\\)");
    }

    @Test
    void driftComparesWithWhatTheServerSaysAnew() {
        assertThat(inspect("drift", "skippy")).isZero();
        assertThat(printed.rest()).isEqualTo("skippy.shield: no drift from watch, 2 endpoints in use");
    }

    @Test
    void wrongArgumentsAreNamedWithTheUsage() {
        assertWrong("COMMAND: nothing (expected: watch, explain or drift)");
        assertWrong("COMMAND: look (expected: watch, explain or drift)", "look", "skippy");
        assertWrong("SERVICE: nothing (expected: the name of a service)", "watch");
        assertWrong("SERVICE: --json (expected: the name of a service)", "explain", "--json");
        assertWrong("option: --all (expected: --kubeconfig, --namespace or --json)", "watch", "skippy", "--all");
        assertWrong("option: --json (expected: only with explain)", "watch", "skippy", "--json");
        assertWrong("--namespace: nothing (expected: a value)", "watch", "skippy", "--namespace");
        assertWrong(
                "--kubeconfig: nofile (expected: a file that can be read)",
                "drift",
                "skippy",
                "--kubeconfig",
                "nofile");
    }

    @Test
    void aWrongNameIsAWrongArgument() {
        assertThat(inspect("explain", "Skippy!")).isEqualTo(2);
        assertThat(printed.rest()).startsWith("inspect: name: Skippy! (expected: ");
    }

    private void assertWrong(String message, String... words) {
        assertThat(Inspect.run(printed.console(), stop, words)).isEqualTo(2);
        assertThat(printed.rest()).startsWith("inspect: " + message + "\nusage: inspect COMMAND SERVICE");
    }

    private int inspect(String... words) {
        String[] all = Stream.concat(
                        Stream.of(words), Stream.of("--kubeconfig", kubeconfig, "--namespace", shield.name()))
                .toArray(String[]::new);
        return Inspect.run(printed.console(), stop, all);
    }
}
