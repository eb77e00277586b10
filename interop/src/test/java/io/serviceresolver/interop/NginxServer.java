package io.serviceresolver.interop;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** nginx, where {@code SERVICE_RESOLVER_TEST_NGINX} names it, or it is on the path or where systems have it. */
final class NginxServer implements EchoServer {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final String CONFIGURATION = """
            daemon off;
            worker_processes 1;
            pid nginx.pid;
            error_log stderr warn;
            events { worker_connections 64; }
            http {
              access_log off;
              client_body_temp_path body;
              proxy_temp_path proxy;
              fastcgi_temp_path fastcgi;
              uwsgi_temp_path uwsgi;
              scgi_temp_path scgi;
              map $server_protocol $protocol { default $server_protocol; HTTP/2.0 HTTP/2; }
              server {
                listen ADDRESS:PLAIN;
                listen ADDRESS:SECURE ssl http2;
                ssl_certificate skippy.pem;
                ssl_certificate_key skippy.pem;
                location / { default_type text/plain; return 200 "$protocol $http_host $request_uri"; }
              }
            }
            """;

    private final Process process;
    private final int port;
    private final int tlsPort;

    NginxServer(Certificate certificate, Path directory) throws Exception {
        // It cannot say which port it has got: it gets some that were free a moment ago.
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getByName(ADDRESS));
                ServerSocket secure = new ServerSocket(0, 1, InetAddress.getByName(ADDRESS))) {
            port = plain.getLocalPort();
            tlsPort = secure.getLocalPort();
        }
        Path home = Files.createDirectory(directory.resolve("nginx"));
        Files.writeString(home.resolve("skippy.pem"), pem(certificate));
        Path configuration = home.resolve("nginx.conf");
        Files.writeString(
                configuration,
                CONFIGURATION
                        .replace("ADDRESS", ADDRESS)
                        .replace("PLAIN", String.valueOf(port))
                        .replace("SECURE", String.valueOf(tlsPort)));
        File log = home.resolve("nginx.log").toFile();
        process = new ProcessBuilder(
                        program().orElseThrow().toString(), "-p", home.toString(), "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        if (!listens()) {
            close();
            throw new IllegalStateException(Files.readString(log.toPath()));
        }
    }

    static Optional<Path> program() {
        String path = System.getenv().getOrDefault("PATH", "");
        Stream<Path> found = Stream.concat(
                        Stream.of(path.split(Pattern.quote(File.pathSeparator), -1)),
                        Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(directory -> Path.of(directory, "nginx"));
        return Stream.concat(
                        Optional.ofNullable(System.getenv("SERVICE_RESOLVER_TEST_NGINX")).map(Path::of).stream(), found)
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String pem(Certificate certificate) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        char[] password = Certificate.PASSWORD.toCharArray();
        try (InputStream in = Files.newInputStream(certificate.file())) {
            keys.load(in, password);
        }
        return pem("PRIVATE KEY", keys.getKey("skippy", password).getEncoded())
                + pem("CERTIFICATE", keys.getCertificate("skippy").getEncoded());
    }

    private static String pem(String what, byte[] bytes) {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(bytes);
        return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
    }

    private boolean listens() {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (process.isAlive() && System.nanoTime() - end < 0) {
            try {
                new Socket(ADDRESS, tlsPort).close();
                return true;
            } catch (IOException e) {
                Thread.onSpinWait();
            }
        }
        return false;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public int tlsPort() {
        return tlsPort;
    }

    /** Politely, or its workers would stay. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(PATIENCE_NANOS, TimeUnit.NANOSECONDS).join();
    }
}
