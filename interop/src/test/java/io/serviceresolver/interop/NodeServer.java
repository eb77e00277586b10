package io.serviceresolver.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** Node.js, where it is on the path. */
final class NodeServer implements EchoServer {

    private static final String SCRIPT = """
            const fs = require('fs'), address = process.argv[1], key = process.argv[2];
            const echo = (request, response) => response.end('HTTP/' + request.httpVersion.replace('2.0', '2') + ' '
                + (request.headers.host || request.headers[':authority'] || '-') + ' ' + request.url);
            const plain = require('http').createServer(echo);
            const secure = require('http2').createSecureServer(
                {pfx: fs.readFileSync(key), passphrase: process.argv[3], allowHTTP1: true}, echo);
            plain.listen(0, address, () => secure.listen(0, address, () =>
                console.log(plain.address().port + ' ' + secure.address().port)));
            """;

    private final Process process;
    private final String[] ports;

    NodeServer(Certificate certificate) throws IOException {
        process = new ProcessBuilder(
                        program().orElseThrow().toString(),
                        "-e",
                        SCRIPT,
                        ADDRESS,
                        certificate.file().toString(),
                        Certificate.PASSWORD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
        ports = String.valueOf(line).split(" ", 2);
    }

    static Optional<Path> program() {
        return Arrays.stream(
                        System.getenv().getOrDefault("PATH", "").split(Pattern.quote(java.io.File.pathSeparator), -1))
                .map(directory -> Path.of(directory, "node"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public int port() {
        return Integer.parseInt(ports[0]);
    }

    @Override
    public int tlsPort() {
        return Integer.parseInt(ports[1]);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
