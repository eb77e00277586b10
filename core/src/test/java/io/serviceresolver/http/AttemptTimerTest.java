package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.testkit.PodServer;
import io.serviceresolver.testkit.PodSocket;
import io.serviceresolver.testkit.VirtualTime;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Attempts whose time is over at once by our timer, and after a while by the client's. */
class AttemptTimerTest {

    private static final Duration LIMIT = Duration.ofMillis(500);

    private final VirtualTime time = new VirtualTime();
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
        Future<HttpResponse<String>> call = threads.submit(() -> way.call(skippy.client, post, ofString()));
        Skippy.await("the attempt begins", () -> skippy.stats().inFlight() == 1);
        skippy.source.set("skippy", first, Endpoint.of(other.address(), other.port()));
        time.advance(LIMIT);
        return call;
    }

    private Skippy skippy(Endpoint first) {
        ServiceHttpOptions options = ServiceHttpOptions.defaults().attemptTimeout(LIMIT);
        return new Skippy(time, options, HttpRetryTest.AT_ONCE, first);
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
        try (PodSocket pod = PodSocket.start("127.0.1.8", 0, PodSocket.stallingAfter(""));
                Skippy skippy = skippy(Endpoint.of(pod.address(), pod.port()))) {
            Future<HttpResponse<String>> call = post(way, skippy, Endpoint.of(pod.address(), pod.port()));
            assertThatThrownBy(() -> call.get(30, SECONDS)).hasCauseInstanceOf(HttpTimeoutException.class);
            skippy.awaitEnded(Outcome.TIMEOUT);
            assertThat(other.calls()).isZero();
        }
    }
}
