package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.testkit.PodServer;
import io.serviceresolver.testkit.PodSocket;
import io.serviceresolver.testkit.VirtualTime;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Attempts whose time is over at once by our timer, and after a while by the client's. */
class AttemptTimerTest {

    private static final Duration LIMIT = Duration.ofMillis(500);

    private final VirtualTime time = new VirtualTime();
    private final AtomicReference<Runnable> whenPicked = new AtomicReference<>(() -> {});
    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private final PodServer other = PodServer.start("other", "127.0.1.9", 0);

    @AfterEach
    void stop() {
        time.runDue();
        other.close();
        threads.shutdownNow();
    }

    private Future<HttpResponse<String>> post(Way way, Skippy skippy, Endpoint first) {
        HttpRequest post = HttpRequest.newBuilder(Skippy.ROOT)
                .POST(BodyPublishers.ofString("order"))
                .build();
        whenPicked.set(() -> {
            skippy.source.set("skippy", first, Endpoint.of(other.address(), other.port()));
            time.advance(LIMIT);
        });
        return threads.submit(() -> way.call(skippy.client, post, ofString()));
    }

    private Skippy skippy(Endpoint first) {
        ServiceHttpOptions options = ServiceHttpOptions.defaults().attemptTimeout(LIMIT);
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(new AskedWhenPicked())
                .build();
        return new Skippy(time, client, options, HttpRetryTest.AT_ONCE, first);
    }

    /** Is asked when an endpoint was picked, before the request is handed to the client, whose time begins then. */
    private final class AskedWhenPicked extends ProxySelector {

        @Override
        public List<Proxy> select(URI uri) {
            whenPicked.getAndSet(() -> {}).run();
            return List.of(Proxy.NO_PROXY);
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException e) {
            throw new AssertionError("not asked to connect");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatGotNoConnectionIsSentElsewhereWhateverTheMethod(Way way) throws Exception {
        try (SilentHost silent = new SilentHost("127.0.1.8");
                Skippy skippy = skippy(silent.endpoint())) {
            Future<HttpResponse<String>> call = post(way, skippy, silent.endpoint());
            assertThat(call.get(30, SECONDS).body()).isEqualTo("other");
            skippy.awaitEnded(Outcome.CONNECT_FAILED, Outcome.SUCCESS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatMayHaveBeenSentIsNot(Way way) {
        AtomicInteger requests = new AtomicInteger();
        PodSocket.Script stalling = connection -> {
            requests.addAndGet(connection.readRequest().isEmpty() ? 0 : 1);
            connection.readToEnd();
        };
        try (PodSocket pod = PodSocket.start("127.0.1.8", 0, stalling);
                Skippy skippy = skippy(Endpoint.of(pod.address(), pod.port()))) {
            Future<HttpResponse<String>> call = post(way, skippy, Endpoint.of(pod.address(), pod.port()));
            Throwable failure = catchThrowable(() -> call.get(30, SECONDS));
            if (failure == null) {
                // The machine is so slow that the client had no connection by then.
                assertThat(requests).hasValue(0);
            } else {
                assertThat(failure).hasCauseInstanceOf(HttpTimeoutException.class);
                skippy.awaitEnded(Outcome.TIMEOUT);
                assertThat(other.calls()).isZero();
            }
        }
    }
}
