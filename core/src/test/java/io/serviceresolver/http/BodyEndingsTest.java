package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.buffering;
import static java.net.http.HttpResponse.BodyHandlers.discarding;
import static java.net.http.HttpResponse.BodyHandlers.fromSubscriber;
import static java.net.http.HttpResponse.BodyHandlers.ofByteArray;
import static java.net.http.HttpResponse.BodyHandlers.ofByteArrayConsumer;
import static java.net.http.HttpResponse.BodyHandlers.ofFile;
import static java.net.http.HttpResponse.BodyHandlers.ofInputStream;
import static java.net.http.HttpResponse.BodyHandlers.ofLines;
import static java.net.http.HttpResponse.BodyHandlers.ofPublisher;
import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static java.net.http.HttpResponse.BodyHandlers.replacing;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.testkit.PodSocket;
import io.serviceresolver.testkit.VirtualTime;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Publisher;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a handler does with a body, and however that ends: the call ends once, and nothing is left of it. */
class BodyEndingsTest {

    private static final Duration LIMIT = Duration.ofHours(1);

    @TempDir
    private Path directory;

    /** What is done with a body: all that the JDK has, and what a caller may do wrong. */
    private static Map<String, BodyHandler<?>> handlers(Path directory) {
        Map<String, BodyHandler<?>> handlers = new TreeMap<>();
        handlers.put("string", ofString());
        handlers.put("bytes", ofByteArray());
        handlers.put("nothing", discarding());
        handlers.put("replacing", replacing("else"));
        handlers.put("file", ofFile(directory.resolve("body")));
        handlers.put("consumer", ofByteArrayConsumer(bytes -> {}));
        handlers.put("consumer that throws", ofByteArrayConsumer(bytes -> {
            throw new IllegalStateException("consumer");
        }));
        handlers.put("subscriber", fromSubscriber(new Reader<List<ByteBuffer>>(Reader.Until.END)));
        handlers.put(
                "subscriber that cancels at once",
                fromSubscriber(new Reader<List<ByteBuffer>>(Reader.Until.SUBSCRIBED)));
        handlers.put(
                "subscriber that cancels", fromSubscriber(new Reader<List<ByteBuffer>>(Reader.Until.FIRST_BUFFER)));
        handlers.put("buffering", buffering(ofString(), 3));
        handlers.put("mapping", head -> BodySubscribers.mapping(BodySubscribers.ofString(UTF_8), String::length));
        handlers.put(
                "mapping that throws",
                head -> BodySubscribers.mapping(BodySubscribers.ofString(UTF_8), Integer::parseInt));
        handlers.put("handler that throws", head -> {
            throw new IllegalStateException("handler");
        });
        for (FailingSubscriber.Where where : FailingSubscriber.Where.values()) {
            BodyHandler<String> failing = head -> new FailingSubscriber(where);
            handlers.put("subscriber that fails: " + where, failing);
        }
        handlers.put("stream that nobody reads", ofInputStream());
        handlers.put("lines that nobody reads", ofLines());
        handlers.put("publisher without subscriber", ofPublisher());
        return handlers;
    }

    /** How a body ends. */
    enum Ending {
        WHOLE,
        CLOSED,
        RESET,
        GARBAGE,
        LATE,
        CANCELLED,
        ERROR;

        PodSocket.Script script() {
            String half = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf";
            return switch (this) {
                case WHOLE -> PodSocket.answering(half.replace("10", "4"));
                case CLOSED -> PodSocket.closingAfter(half);
                case RESET -> PodSocket.resettingAfter(half);
                case GARBAGE -> PodSocket.closingAfter("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhalf");
                case LATE, CANCELLED -> PodSocket.stallingAfter(half);
                case ERROR -> PodSocket.stallingAfter(half.replace("200 OK", "500 No"));
            };
        }
    }

    static Stream<Arguments> all() {
        return handlers(Path.of(".")).keySet().stream()
                .flatMap(name -> Arrays.stream(Ending.values()).map(ending -> Arguments.of(name, ending)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("all")
    void theCallEndsOnceAndLeavesNoTimerNorHalfAConnection(String name, Ending ending) {
        BodyHandler<?> handler = Objects.requireNonNull(handlers(directory).get(name));
        VirtualTime time = new VirtualTime();
        try (PodSocket pod = PodSocket.start("127.0.1.9", 0, ending.script());
                Skippy skippy = new Skippy(
                        time,
                        ServiceHttpOptions.defaults().callTimeout(LIMIT).attemptTimeout(LIMIT),
                        RetryPolicy.never(),
                        Endpoint.of(pod.address(), pod.port()))) {
            int timers = time.pending();
            CompletableFuture<? extends HttpResponse<?>> call = skippy.client.sendAsync(Skippy.get(), watched(handler));
            Skippy.await("the head", () -> heads > 0 || call.isDone());
            if (ending == Ending.CANCELLED) {
                call.cancel(true);
            }
            // What ends by itself has ended by then or does not end but by the deadline.
            time.advance(LIMIT);
            Skippy.await(
                    "the call ends",
                    () -> skippy.completed() == 1 && skippy.stats().inFlight() == 0);
            Skippy.await("no timer", () -> time.pending() <= timers);
            if (ending != Ending.WHOLE) {
                pod.awaitIdle();
            }
            assertThat(skippy.completed()).isEqualTo(1);
            boolean failed = skippy.stats().completed(Outcome.SERVER_ERROR) == 1;
            assertThat(failed).isEqualTo(ending == Ending.ERROR);
            if (call.isDone() && !call.isCompletedExceptionally() && call.join().body() instanceof Publisher<?> late) {
                late.subscribe(new Reader<>(Reader.Until.SUBSCRIBED));
            }
        } finally {
            time.runDue();
        }
    }

    /** How many heads the handler was shown. Written by the client's thread. */
    private volatile int heads;

    private <T> BodyHandler<T> watched(BodyHandler<T> handler) {
        return head -> {
            heads = 1;
            return handler.apply(head);
        };
    }
}
