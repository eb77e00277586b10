package io.serviceresolver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A certificate authority and what it signed, made by the JDK's own tool. */
public final class TestCertificates {

    static final String PASSWORD = "changeit";

    private static final String AUTHORITY = "authority";

    /** Little of the compiler and of the password: each certificate takes a process, and its keys are for nobody to guess at. */
    private static final List<String> QUICK = List.of(
            "-J-XX:TieredStopAtLevel=1",
            "-J-Dkeystore.pkcs12.keyPbeIterationCount=10",
            "-J-Dkeystore.pkcs12.certPbeIterationCount=10",
            "-J-Dkeystore.pkcs12.macIterationCount=10");

    private static final class Shared {
        private static final TestCertificates ALL = issueAll();
    }

    private final Path directory;
    private final Path file;

    TestCertificates(Path directory) throws Exception {
        this.directory = directory;
        this.file = directory.resolve("all.p12");
        generate(AUTHORITY, "-ext", "bc:c", "-startdate", "-10d");
    }

    /** Those that several tests need, made once, as each takes a process. */
    public static TestCertificates shared() {
        return Shared.ALL;
    }

    private static TestCertificates issueAll() {
        try {
            Path directory = Files.createTempDirectory("certificates");
            directory.toFile().deleteOnExit();
            TestCertificates all = new TestCertificates(directory)
                    .issue("right", "dns:skippy.shield.svc")
                    .issue("wildcard", "dns:*.shield.svc")
                    .issue("wideWildcard", "dns:*.svc")
                    .issue("other", "dns:other.shield.svc")
                    .issue("otherWithAddress", "dns:other.shield.svc,ip:127.0.3.1")
                    .issue("address", "ip:127.0.3.1")
                    .issue("both", "dns:skippy.shield.svc,dns:other.shield.svc")
                    .issueExpired("expired", "dns:skippy.shield.svc")
                    .issue("client", "dns:client");
            try (Stream<Path> files = Files.list(directory)) {
                files.forEach(file -> file.toFile().deleteOnExit());
            }
            return all;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Issues a certificate for names such as {@code dns:skippy} and {@code ip:127.0.0.1}, under a name of its own. */
    TestCertificates issue(String alias, String names) throws Exception {
        return issue(alias, names, "-validity", "30");
    }

    /** As {@link #issue}, one that has expired. */
    TestCertificates issueExpired(String alias, String names) throws Exception {
        return issue(alias, names, "-startdate", "-5d", "-validity", "2");
    }

    private TestCertificates issue(String alias, String names, String... validity) throws Exception {
        List<String> options = new ArrayList<>(List.of("-signer", AUTHORITY, "-ext", "san=" + names));
        Collections.addAll(options, validity);
        generate(alias, options.toArray(String[]::new));
        return this;
    }

    private void generate(String alias, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(QUICK);
        command.addAll(List.of("-genkeypair", "-alias", alias, "-keyalg", "EC", "-dname", "CN=" + alias));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", file.toString()));
        Collections.addAll(command, options);
        Path log = directory.resolve(alias + ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    }

    private KeyStore all() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    /** Only this key with its certificates, in a file. */
    Path keyFile(String alias) throws Exception {
        Path one = directory.resolve(alias + "-only.p12");
        one.toFile().deleteOnExit();
        try (var out = Files.newOutputStream(one)) {
            only(alias).store(out, PASSWORD.toCharArray());
        }
        return one;
    }

    private KeyStore only(String alias) throws Exception {
        KeyStore all = all();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        Key key = all.getKey(alias, PASSWORD.toCharArray());
        keys.setKeyEntry(alias, key, PASSWORD.toCharArray(), all.getCertificateChain(alias));
        return keys;
    }

    /** A new context that trusts the authority, and shows no certificate. */
    public SSLContext trusting() throws Exception {
        return context(null);
    }

    /** A new context that trusts the authority, and shows this certificate. */
    public SSLContext showing(String alias) throws Exception {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(only(alias), PASSWORD.toCharArray());
        return context(managers);
    }

    private SSLContext context(@Nullable KeyManagerFactory keys) throws Exception {
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        authorities.setCertificateEntry(AUTHORITY, all().getCertificate(AUTHORITY));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys == null ? null : keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
