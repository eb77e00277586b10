package io.serviceresolver.call;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.StatusException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What failures of the JDK, of JDBC and of gRPC say of an endpoint. */
class OutcomeOfTest {

    @Test
    void knowsTheTypesOfTheJdk() {
        assertThat(Outcome.of(new ConnectException())).isEqualTo(Outcome.CONNECT_FAILED);
        assertThat(Outcome.of(new NoRouteToHostException())).isEqualTo(Outcome.CONNECT_FAILED);
        assertThat(Outcome.of(new HttpConnectTimeoutException(""))).isEqualTo(Outcome.CONNECT_FAILED);
        assertThat(Outcome.of(new SSLHandshakeException(""))).isEqualTo(Outcome.CONNECT_FAILED);
        assertThat(Outcome.of(new SocketTimeoutException("Connect timed out"))).isEqualTo(Outcome.CONNECT_FAILED);
        assertThat(Outcome.of(new SocketTimeoutException("Read timed out"))).isEqualTo(Outcome.TIMEOUT);
        assertThat(Outcome.of(new HttpTimeoutException(""))).isEqualTo(Outcome.TIMEOUT);
        assertThat(Outcome.of(new SocketTimeoutException())).isEqualTo(Outcome.TIMEOUT);
        assertThat(Outcome.of(new TimeoutException())).isEqualTo(Outcome.TIMEOUT);
        assertThat(Outcome.of(new SocketException("reset"))).isEqualTo(Outcome.IO_ERROR);
        assertThat(Outcome.of(new CancellationException())).isEqualTo(Outcome.CANCELLED);
        assertThat(Outcome.of(new InterruptedException())).isEqualTo(Outcome.CANCELLED);
        assertThat(Outcome.of(new IllegalStateException("a bug"))).isEqualTo(Outcome.UNREPORTED);
    }

    @Test
    void looksAtWhatFuturesAndOthersWrapped() {
        IOException reset = new IOException("reset");
        assertThat(Outcome.of(new CompletionException(reset))).isEqualTo(Outcome.IO_ERROR);
        assertThat(Outcome.of(new ExecutionException(new TimeoutException()))).isEqualTo(Outcome.TIMEOUT);
        assertThat(Outcome.of(new UncheckedIOException(reset))).isEqualTo(Outcome.IO_ERROR);
        assertThat(Outcome.of(new IllegalStateException(new RuntimeException(reset))))
                .isEqualTo(Outcome.IO_ERROR);
    }

    @Test
    void aConnectionThatFailedAnywhereIsThatElseTheOutermostDecides() {
        ConnectException refused = new ConnectException("refused");
        assertThat(Outcome.of(new RuntimeException(new IOException(new TimeoutException("").initCause(refused)))))
                .isEqualTo(Outcome.CONNECT_FAILED);
        assertThat(Outcome.of(new IOException(new TimeoutException()))).isEqualTo(Outcome.IO_ERROR);
        assertThat(Outcome.of(new TimeoutException().initCause(new IOException())))
                .isEqualTo(Outcome.TIMEOUT);
    }

    @Test
    void endsWhereAFailureIsItsOwnCause() {
        RuntimeException one = new RuntimeException("one");
        IOException other = new IOException("other", one);
        one.initCause(other);
        assertThat(Outcome.of(one)).isEqualTo(Outcome.IO_ERROR);
        Throwable deep = new ConnectException();
        for (int i = 0; i < 1_000; i++) {
            deep = new RuntimeException(deep);
        }
        assertThat(Outcome.of(deep)).isEqualTo(Outcome.UNREPORTED);
    }

    @ParameterizedTest
    @CsvSource({
        "08001, CONNECT_FAILED",
        "08004, CONNECT_FAILED",
        "08000, IO_ERROR",
        "08003, IO_ERROR",
        "08006, IO_ERROR",
        "08007, IO_ERROR",
        "08S01, IO_ERROR",
        "23505, SUCCESS",
        "42601, SUCCESS",
        "40001, SUCCESS",
        ", SUCCESS"
    })
    void knowsTheStatesOfSqlThatAreAboutConnections(String state, Outcome outcome) {
        assertThat(Outcome.of(new SQLException("said the database", state))).isEqualTo(outcome);
        assertThat(Outcome.of(new IllegalStateException(new SQLException("said the database", state))))
                .isEqualTo(outcome);
    }

    @Test
    void knowsTheTypesOfJdbcWhateverTheirState() {
        assertThat(Outcome.of(new SQLTransientConnectionException("", "90067"))).isEqualTo(Outcome.IO_ERROR);
        assertThat(Outcome.of(new SQLNonTransientConnectionException("", "90067")))
                .isEqualTo(Outcome.IO_ERROR);
        assertThat(Outcome.of(new SQLRecoverableException(""))).isEqualTo(Outcome.IO_ERROR);
        assertThat(Outcome.of(new SQLTimeoutException("", "57014"))).isEqualTo(Outcome.TIMEOUT);
        assertThat(Outcome.of(new SQLTimeoutException("", "08001"))).isEqualTo(Outcome.CONNECT_FAILED);
        assertThat(Outcome.of(new SQLException("", "90067", new ConnectException())))
                .isEqualTo(Outcome.CONNECT_FAILED);
    }

    @ParameterizedTest
    @EnumSource
    void knowsTheCodesOfGrpc(Status.Code code) {
        Outcome expected = switch (code) {
            case UNAVAILABLE, INTERNAL, UNKNOWN, DATA_LOSS -> Outcome.SERVER_ERROR;
            case DEADLINE_EXCEEDED -> Outcome.TIMEOUT;
            case CANCELLED -> Outcome.CANCELLED;
            default -> Outcome.SUCCESS;
        };
        Status status = Status.fromCode(code);
        assertThat(Outcome.of(status.asRuntimeException())).isEqualTo(expected);
        assertThat(Outcome.of(status.asException())).isEqualTo(expected);
        assertThat(Outcome.of(new CompletionException(new Derived(status)))).isEqualTo(expected);
        assertThat(Outcome.of(status.withCause(new ConnectException()).asRuntimeException()))
                .isEqualTo(Outcome.CONNECT_FAILED);
    }

    /** A type of the user's, that nobody else may see. */
    private static final class Derived extends StatusException {

        private static final long serialVersionUID = 1L;

        Derived(Status status) {
            super(status);
        }
    }

    /** Of another gRPC, of which nothing is known but the name. */
    @Test
    void aStatusThatCannotBeReadSaysNothing(@TempDir Path directory) throws Exception {
        Path source = directory.resolve("StatusException.java");
        Files.writeString(source, "package io.grpc; public class StatusException extends Exception {}");
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", directory.toString(), source.toString());
        assertThat(result).isZero();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, null)) {
            Throwable other = (Throwable) loader.loadClass(StatusException.class.getName())
                    .getConstructor()
                    .newInstance();
            assertThat(Outcome.of(other)).isEqualTo(Outcome.UNREPORTED);
        }
    }

    /** A JVM that is made without it, or was not asked for it. */
    @Test
    void needsNoModuleForJdbc() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--limit-modules",
                        "java.net.http",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WithoutJdbc.class.getName())
                .redirectErrorStream(true)
                .start();
        try (var output = process.getInputStream()) {
            assertThat(new String(output.readAllBytes(), UTF_8)).endsWith("false IO_ERROR SERVER_ERROR UNREPORTED\n");
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** What that JVM does. */
    static final class WithoutJdbc {

        private WithoutJdbc() {}

        public static void main(String[] arguments) {
            System.out.print(ModuleLayer.boot().findModule("java.sql").isPresent()
                    + " " + Outcome.of(new RuntimeException(new IOException()))
                    + " " + Outcome.of(Status.UNAVAILABLE.asRuntimeException())
                    + " " + Outcome.of(new RuntimeException()) + "\n");
        }
    }
}
