package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.discarding;
import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.testkit.PodServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Settings of the wrapped client: what is refused, and what is honoured. */
class WrapTest {

    private final PodServer pod = PodServer.start("pod-1", "127.0.1.1", 0);
    private final HttpClient.Builder builder = HttpClient.newBuilder().version(Version.HTTP_1_1);

    @AfterEach
    void stop() {
        pod.close();
    }

    @Test
    void handsARedirectToTheCallerOfAClientThatFollowsNone() throws Exception {
        pod.handler(exchange -> {
            exchange.getResponseHeaders().set("Location", "http://169.254.169.254/latest/");
            exchange.sendResponseHeaders(302, -1);
        });
        try (Skippy skippy = skippy(builder.build())) {
            var response = skippy.client.send(Skippy.get(), discarding());
            assertThat(response.statusCode()).isEqualTo(302);
            assertThat(response.headers().firstValue("Location")).contains("http://169.254.169.254/latest/");
            skippy.assertEnded(Outcome.SUCCESS);
        }
    }

    @Test
    void refusesToSendToAPodThroughAProxy() {
        Selector selector =
                new Selector(uri -> new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy.corp", 3128)));
        try (Skippy skippy = skippy(builder.proxy(selector).build())) {
            assertThatThrownBy(() -> skippy.client.send(Skippy.get(), discarding()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("proxy: HTTP @ proxy.corp")
                    .hasMessageContaining(pod.address() + ":" + pod.port());
            assertThatThrownBy(() ->
                            skippy.client.sendAsync(Skippy.get(), discarding()).get(30, SECONDS))
                    .hasCauseInstanceOf(IOException.class)
                    .hasMessageContaining("proxy.corp");
            skippy.assertEnded(Outcome.UNREPORTED, Outcome.UNREPORTED);
            assertThat(pod.calls()).isZero();
        }
    }

    @Test
    void honoursAProxySelectorThatLeavesOutPods() throws Exception {
        Selector selector = new Selector(uri -> Proxy.NO_PROXY);
        try (Skippy skippy = skippy(builder.proxy(selector).build())) {
            assertThat(skippy.client.send(Skippy.get(), ofString()).body()).isEqualTo("pod-1");
            URI asked = URI.create("http://" + pod.address() + ":" + pod.port() + "/");
            assertThat(selector.asked).isNotEmpty().containsOnly(asked);
            skippy.assertEnded(Outcome.SUCCESS);
        }
    }

    @Test
    void sendsOtherHostsThroughTheClientsProxy() throws Exception {
        InetSocketAddress proxy = new InetSocketAddress(pod.address(), pod.port());
        pod.handler(exchange -> {
            byte[] line = exchange.getRequestURI().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, line.length);
            exchange.getResponseBody().write(line);
        });
        try (Skippy skippy = skippy(builder.proxy(ProxySelector.of(proxy)).build())) {
            assertThat(skippy.client
                            .send(Skippy.get("http://example.com/x"), ofString())
                            .body())
                    .isEqualTo("http://example.com/x");
        }
    }

    @Test
    void aSelectorThatFailsIsNotThePodsFault() {
        Selector selector = new Selector(uri -> {
            throw new IllegalStateException("selector");
        });
        try (Skippy skippy = skippy(builder.proxy(selector).build())) {
            assertThatThrownBy(() -> skippy.client.send(Skippy.get(), discarding()))
                    .isInstanceOf(IllegalStateException.class);
            skippy.assertEnded(Outcome.UNREPORTED);
        }
    }

    @Test
    void anExecutorThatRejectsIsNotThePodsFault() {
        Executor rejecting = task -> {
            throw new java.util.concurrent.RejectedExecutionException("full");
        };
        try (Skippy skippy = skippy(builder.executor(rejecting).build())) {
            assertThatThrownBy(() ->
                            skippy.client.sendAsync(Skippy.get(), discarding()).get(30, SECONDS))
                    .hasMessageContaining("full");
            skippy.assertEnded(Outcome.UNREPORTED);
        }
    }

    @Test
    void showsTheSettingsOfTheWrappedClient() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, null, null);
        Executor executor = Runnable::run;
        HttpClient wrapped = builder.sslContext(context)
                .executor(executor)
                .connectTimeout(Duration.ofSeconds(7))
                .sslParameters(new SSLParameters(new String[] {"TLS_AES_128_GCM_SHA256"}))
                .proxy(HttpClient.Builder.NO_PROXY)
                .build();
        try (Skippy skippy = skippy(wrapped)) {
            HttpClient client = skippy.client;
            assertThat(client.version()).isEqualTo(Version.HTTP_1_1);
            assertThat(client.sslContext()).isSameAs(context);
            assertThat(client.executor()).containsSame(executor);
            assertThat(client.connectTimeout()).contains(Duration.ofSeconds(7));
            assertThat(client.sslParameters().getCipherSuites()).containsExactly("TLS_AES_128_GCM_SHA256");
            assertThat(client.proxy()).containsSame(HttpClient.Builder.NO_PROXY);
            assertThat(client.followRedirects()).isEqualTo(Redirect.NEVER);
            assertThat(client.cookieHandler()).isEqualTo(Optional.empty());
            assertThat(client.authenticator()).isEqualTo(Optional.empty());
            assertThat(client).hasToString("services by " + wrapped);
        }
    }

    private Skippy skippy(HttpClient wrapped) {
        return new Skippy(wrapped, Endpoint.of(pod.address(), pod.port()));
    }

    /** Says one thing for all, and remembers what it was asked. */
    private static final class Selector extends ProxySelector {

        private final List<URI> asked = new CopyOnWriteArrayList<>();
        private final Function<URI, Proxy> answer;

        private Selector(Function<URI, Proxy> answer) {
            this.answer = answer;
        }

        @Override
        public List<Proxy> select(URI uri) {
            asked.add(uri);
            return List.of(answer.apply(uri));
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException e) {
            throw new AssertionError("not asked to connect");
        }
    }
}
