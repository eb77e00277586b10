package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.call.Hedging;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.http.RecordingPod.Reply;
import io.serviceresolver.testkit.VirtualTime;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What belongs to a caller's thread, as clients beneath see it when they are to send. */
class ContextPropagationTest {

    private static final ThreadLocal<String> CONTEXT = ThreadLocal.withInitial(() -> "none");

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final RecordingPod first = RecordingPod.start("127.0.1.1");
    private final RecordingPod second = RecordingPod.start("127.0.1.2");
    private final VirtualTime time = new VirtualTime();

    ContextPropagationTest() throws IOException {}

    /** Sends, and notes in which context it was told to. */
    private final class NotingClient extends RecordingClient {

        private final HttpClient client;

        NotingClient(HttpClient client) {
            this.client = client;
        }

        @Override
        public Redirect followRedirects() {
            return client.followRedirects();
        }

        @Override
        public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
            seen.add(CONTEXT.get());
            return client.sendAsync(request, handler);
        }

        @Override
        public <T> CompletableFuture<HttpResponse<T>> sendAsync(
                HttpRequest request, BodyHandler<T> handler, PushPromiseHandler<T> pushes) {
            seen.add(CONTEXT.get());
            return client.sendAsync(request, handler, pushes);
        }

        @Override
        public WebSocket.Builder newWebSocketBuilder() {
            seen.add(CONTEXT.get());
            return client.newWebSocketBuilder();
        }
    }

    private static Executor current() {
        String callers = CONTEXT.get();
        return task -> {
            String own = CONTEXT.get();
            CONTEXT.set(callers);
            try {
                task.run();
            } finally {
                CONTEXT.set(own);
            }
        };
    }

    private Skippy skippy(ServiceHttpOptions options, Endpoint... pods) {
        HttpClient jdk = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NORMAL)
                .build();
        return new Skippy(
                time,
                new NotingClient(jdk),
                options.clients(builder -> new NotingClient(builder.build())),
                HttpRetryTest.AT_ONCE,
                pods);
    }

    private static ServiceHttpOptions propagating() {
        return ServiceHttpOptions.defaults().contextPropagation(ContextPropagationTest::current);
    }

    @AfterEach
    void stop() {
        CONTEXT.remove();
        time.runDue();
        first.close();
        second.close();
    }

    private static CompletableFuture<HttpResponse<String>> begin(Skippy skippy, String uri) {
        CONTEXT.set("the caller's");
        CompletableFuture<HttpResponse<String>> call = skippy.client.sendAsync(Skippy.get(uri), ofString());
        CONTEXT.set("another");
        return call;
    }

    private <T> T end(CompletableFuture<T> call) throws Exception {
        // For a wait between two attempts.
        Skippy.passes(time, Duration.ofMillis(250), "the end of the call", call::isDone);
        return call.get(30, SECONDS);
    }

    @Test
    void anAttemptAfterAnotherIsMadeInIt() throws Exception {
        first.answering(request -> Reply.of(503));
        second.answering(request -> Reply.of(503));
        try (Skippy skippy = skippy(propagating(), first.endpoint(), second.endpoint())) {
            CompletableFuture<HttpResponse<String>> call = begin(skippy, "http://skippy/");
            assertThat(end(call).statusCode()).isEqualTo(503);
            assertThat(seen).containsExactly("the caller's", "the caller's");
        }
    }

    @Test
    void withoutItAnAttemptAfterAnotherKnowsNothingOfTheCaller() throws Exception {
        first.answering(request -> Reply.of(503));
        second.answering(request -> Reply.of(503));
        try (Skippy skippy = skippy(ServiceHttpOptions.defaults(), first.endpoint(), second.endpoint())) {
            end(begin(skippy, "http://skippy/"));
            assertThat(seen).hasSize(2).first().isEqualTo("the caller's");
            assertThat(seen).last().isNotEqualTo("the caller's");
        }
    }

    @Test
    void anAttemptThatWaitedForAnEndpointIsMadeInIt() throws Exception {
        try (Skippy skippy = skippy(propagating())) {
            CompletableFuture<HttpResponse<String>> call = begin(skippy, "http://skippy/");
            skippy.source.set("skippy", first.endpoint());
            time.runDue();
            assertThat(end(call).statusCode()).isEqualTo(200);
            assertThat(seen).containsExactly("the caller's");
        }
    }

    @Test
    void aHedgeIsMadeInIt() throws Exception {
        Duration delay = Duration.ofSeconds(1);
        // It is answered when the other one is there, or has been.
        first.answering(request -> waiting());
        second.answering(request -> waiting());
        ServiceHttpOptions options = propagating().hedged(Hedging.after(delay));
        try (Skippy skippy = skippy(options, first.endpoint(), second.endpoint())) {
            CompletableFuture<HttpResponse<String>> call = begin(skippy, "http://skippy/");
            Skippy.await("the first attempt", () -> seen.size() == 1);
            Skippy.passes(time, delay, "the hedge", () -> seen.size() == 2);
            assertThat(end(call).statusCode()).isEqualTo(200);
            assertThat(seen).containsExactly("the caller's", "the caller's");
        }
    }

    private Reply waiting() {
        Skippy.await("two attempts", () -> seen.size() == 2);
        return Reply.of(200);
    }

    @Test
    void whatFollowsFromAnAnswerIsSentInIt() throws Exception {
        first.answering(request -> request.target().equals("/from")
                ? Reply.of(302).with("Location", "/to")
                : request.target().equals("/to")
                        ? Reply.of(302)
                                .with("Location", "http://" + second.endpoint().authority() + "/")
                        : Reply.of(200));
        try (Skippy skippy = skippy(propagating(), first.endpoint())) {
            CompletableFuture<HttpResponse<String>> call = begin(skippy, "http://skippy/from");
            assertThat(end(call).statusCode()).isEqualTo(200);
            assertThat(seen).containsExactly("the caller's", "the caller's", "the caller's");
        }
    }

    @Test
    void aWebSocketIsOpenedInIt() throws Exception {
        try (WebSocketPod pod = WebSocketPod.start("127.0.1.3");
                Skippy skippy = skippy(propagating())) {
            CONTEXT.set("the caller's");
            CompletableFuture<WebSocket> opening =
                    skippy.client.newWebSocketBuilder().buildAsync(URI.create("ws://skippy/"), new RecordingListener());
            CONTEXT.set("another");
            skippy.source.set("skippy", pod.endpoint());
            time.runDue();
            end(opening).abort();
            assertThat(seen).containsExactly("the caller's");
        }
    }

    @Test
    void anExecutorThatRunsNothingAtOnceFailsTheCall() throws Exception {
        CopyOnWriteArrayList<Runnable> later = new CopyOnWriteArrayList<>();
        try (Skippy skippy =
                skippy(ServiceHttpOptions.defaults().contextPropagation(() -> later::add), first.endpoint())) {
            CompletableFuture<HttpResponse<String>> call = begin(skippy, "http://skippy/");
            assertThatThrownBy(() -> end(call))
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("contextPropagation: ")
                    .hasMessageEndingWith(
                            " (expected: an executor that runs a task at once, on the thread that gives it)");
            // Each may add another one.
            for (int i = 0; i < later.size(); i++) {
                later.get(i).run();
            }
            assertThat(seen).isEmpty();
            assertThat(skippy.stats().inFlight()).isZero();
        }
    }

    @Test
    void anExecutorThatRunsATaskTwiceSendsOnce() throws Exception {
        Executor twice = task -> {
            task.run();
            task.run();
        };
        try (Skippy skippy = skippy(ServiceHttpOptions.defaults().contextPropagation(() -> twice), first.endpoint())) {
            CompletableFuture<HttpResponse<String>> call = begin(skippy, "http://skippy/");
            assertThat(end(call).statusCode()).isEqualTo(200);
            assertThat(seen).hasSize(1);
        }
    }

    @Test
    void whatFailsInItFailsTheCall() throws Exception {
        Supplier<Executor> broken = () -> {
            throw new IllegalStateException("no context");
        };
        try (Skippy skippy = skippy(ServiceHttpOptions.defaults().contextPropagation(broken), first.endpoint())) {
            CompletableFuture<HttpResponse<String>> call = begin(skippy, "http://skippy/");
            assertThatThrownBy(() -> end(call)).hasRootCauseMessage("no context");
            assertThat(skippy.stats().inFlight()).isZero();
        }
    }

    @Test
    void noExecutorFailsTheCall() throws Exception {
        Supplier<Executor> none = () -> null;
        try (Skippy skippy = skippy(ServiceHttpOptions.defaults().contextPropagation(none), first.endpoint())) {
            CompletableFuture<HttpResponse<String>> call = begin(skippy, "http://skippy/");
            assertThatThrownBy(() -> end(call)).hasRootCauseMessage("contextPropagation: null (expected: an executor)");
        }
    }

    @Test
    void aRequestThatCannotBeSentFailsAsWithoutIt() throws Exception {
        first.answering(request -> Reply.of(200));
        try (Skippy skippy = skippy(propagating(), Endpoint.of("127.0.1.4", 1))) {
            CompletableFuture<HttpResponse<String>> call = begin(skippy, "http://skippy/");
            assertThatThrownBy(() -> end(call)).hasCauseInstanceOf(IOException.class);
            assertThat(skippy.stats().completed(Outcome.CONNECT_FAILED)).isPositive();
        }
    }
}
