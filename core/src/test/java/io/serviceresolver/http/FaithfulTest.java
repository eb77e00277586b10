package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The client does all that one of the JDK does, and sends the same bytes. */
class FaithfulTest {

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.1.1"));

    FaithfulTest() throws IOException {}

    @BeforeEach
    void start() {
        Thread thread = new Thread(this::serve, "raw");
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    /** Writes down all bytes of one request for each connection. */
    private void serve() {
        while (true) {
            try (Socket socket = server.accept()) {
                InputStream in = socket.getInputStream();
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                while (!bytes.toString(ISO_8859_1).contains("\r\n\r\n")) {
                    bytes.write(in.read());
                }
                String head = bytes.toString(ISO_8859_1);
                if (head.contains("100-Continue")) {
                    socket.getOutputStream().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
                }
                Matcher length = LENGTH.matcher(head);
                bytes.write(in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0));
                requests.add(bytes.toString(ISO_8859_1));
                socket.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                                .getBytes(ISO_8859_1));
            } catch (IOException e) {
                if (server.isClosed()) {
                    return;
                }
            }
        }
    }

    /** Also on a JDK that has methods which there were not when this was written. */
    @ParameterizedTest
    @CsvSource({
        "java.net.http.HttpClient, io.serviceresolver.http.ServiceHttpClient",
        "java.net.http.HttpResponse, io.serviceresolver.http.ServiceResponse",
        "java.net.http.WebSocket, io.serviceresolver.http.PodWebSocket",
        "java.net.http.WebSocket$Listener, io.serviceresolver.http.PodListener",
        "java.net.http.WebSocket$Builder, io.serviceresolver.http.ServiceWebSockets",
        "javax.net.ssl.SSLEngine, io.serviceresolver.http.NamedSslEngine"
    })
    void everyMethodOfTheJdkIsOverridden(Class<?> declaring, Class<?> ours) {
        Set<String> implementedByOthers = Set.of(
                // By those with arrays and offsets, or by what the constructor was given.
                "SSLEngine.wrap(ByteBuffer,ByteBuffer)",
                "SSLEngine.wrap(ByteBuffer[],ByteBuffer)",
                "SSLEngine.unwrap(ByteBuffer,ByteBuffer)",
                "SSLEngine.unwrap(ByteBuffer,ByteBuffer[])",
                "SSLEngine.getPeerHost()",
                "SSLEngine.getPeerPort()");
        for (Method method : declaring.getDeclaredMethods()) {
            boolean inherited = (method.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0
                    && !Modifier.isStatic(method.getModifiers())
                    && !method.isSynthetic();
            String name = declaring.getSimpleName() + "." + method.getName()
                    + Arrays.stream(method.getParameterTypes())
                            .map(Class::getSimpleName)
                            .toList()
                            .toString()
                            .replace(" ", "")
                            .replaceFirst("^\\[", "(")
                            .replaceFirst("\\]$", ")");
            if (inherited && !implementedByOthers.contains(name)) {
                assertThat(ours.getDeclaredMethods())
                        .as(name)
                        .anyMatch(own -> own.getName().equals(method.getName())
                                && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
            }
        }
    }

    static Stream<HttpRequest.Builder> kinds() {
        return Stream.of(
                HttpRequest.newBuilder(),
                HttpRequest.newBuilder().header("X", "1").header("X", "2").header("Cookie", "a=b"),
                HttpRequest.newBuilder().POST(BodyPublishers.ofString("body")).timeout(Duration.ofSeconds(30)),
                HttpRequest.newBuilder().PUT(BodyPublishers.ofString("body")).expectContinue(true),
                HttpRequest.newBuilder().method("PATCH", BodyPublishers.noBody()),
                HttpRequest.newBuilder().DELETE().version(Version.HTTP_1_1).header("User-Agent", "mine"));
    }

    /** To other hosts the very same bytes; to services the same but for the name. */
    @ParameterizedTest
    @MethodSource("kinds")
    void sendsTheSameBytesAsTheWrappedClient(HttpRequest.Builder kind) throws Exception {
        Endpoint pod = Endpoint.of("127.0.1.1", server.getLocalPort());
        try (Skippy skippy = new Skippy(Skippy.client(Version.HTTP_2), pod);
                Skippy cautious = new Skippy(
                        HttpClient.newBuilder()
                                .followRedirects(HttpClient.Redirect.NORMAL)
                                .cookieHandler(new java.net.CookieManager())
                                .authenticator(new java.net.Authenticator() {})
                                .build(),
                        pod)) {
            String path = "/%2f//x/../y?q=%20&r";
            String bare = sent(Skippy.client(Version.HTTP_2), kind, "http://" + pod.authority() + path);
            assertThat(bare).contains(" /%2f//x/../y?q=%20&r HTTP/1.1\r\n");
            assertThat(sent(skippy.client, kind, "http://" + pod.authority() + path))
                    .isEqualTo(bare);
            assertThat(sent(skippy.client, kind, "http://skippy" + path)).isEqualTo(bare);
            assertThat(sent(cautious.client, kind, "http://skippy" + path)).isEqualTo(bare);
        }
    }

    private String sent(HttpClient client, HttpRequest.Builder kind, String uri) throws Exception {
        assertThat(client.send(kind.copy().uri(URI.create(uri)).build(), ofString())
                        .statusCode())
                .isEqualTo(200);
        return String.valueOf(requests.poll(30, SECONDS));
    }
}
