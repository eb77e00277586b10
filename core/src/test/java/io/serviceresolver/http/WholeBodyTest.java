package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.discarding;
import static java.net.http.HttpResponse.BodyHandlers.ofByteArray;
import static java.net.http.HttpResponse.BodyHandlers.ofByteArrayConsumer;
import static java.net.http.HttpResponse.BodyHandlers.ofFile;
import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static java.net.http.HttpResponse.BodyHandlers.replacing;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.call.Hedging;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.testkit.PodSocket;
import io.serviceresolver.testkit.VirtualTime;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies of which the caller sees nothing before they are complete: who counts them, and what follows where they break. */
class WholeBodyTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
    private static final String HALF = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf";
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final RetryPolicy AT_ONCE = HttpRetryTest.AT_ONCE;

    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger handled = new AtomicInteger();

    @TempDir
    private Path directory;

    /** How a body breaks. */
    enum Break {
        SHORT,
        RESET,
        HALF_A_CHUNK,
        NO_LAST_CHUNK;

        PodSocket.Script script() {
            String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
            return switch (this) {
                case SHORT -> PodSocket.closingAfter(HALF);
                case RESET -> PodSocket.resettingAfter(HALF);
                case HALF_A_CHUNK -> PodSocket.closingAfter(chunked + "a\r\nhalf");
                case NO_LAST_CHUNK -> PodSocket.closingAfter(chunked + "4\r\nhalf\r\n");
            };
        }
    }

    private static final Map<String, BodyHandler<?>> WHOLE = Map.of(
            "string", ofString(), "bytes", ofByteArray(), "nothing", discarding(), "replacing", replacing("else"));

    static Stream<Arguments> all() {
        return WHOLE.keySet().stream()
                .flatMap(name -> Stream.of(Break.values())
                        .flatMap(broken -> Stream.of(Way.values()).map(way -> Arguments.of(name, broken, way))));
    }

    /** The caller's handler, each use of it counted. */
    private <T> BodyHandler<T> counted(BodyHandler<T> handler) {
        return head -> {
            handled.incrementAndGet();
            return handler.apply(head);
        };
    }

    /** Two Pods: the first connection to either is played by a script, all others are answered. */
    private PodSocket.Script first(PodSocket.Script script) {
        return connection -> {
            PodSocket.Script next = connections.incrementAndGet() == 1 ? script : PodSocket.stallingAfter(OK);
            next.play(connection);
        };
    }

    private void withTwoPods(PodSocket.Script script, RetryPolicy retries, CheckedUse use) throws Exception {
        try (PodSocket one = PodSocket.start("127.0.1.8", 0, first(script));
                PodSocket other = PodSocket.start("127.0.1.9", 0, first(script));
                Skippy skippy = Skippy.retrying(
                        retries,
                        Skippy.client(Version.HTTP_1_1),
                        Endpoint.of(one.address(), one.port()),
                        Endpoint.of(other.address(), other.port()))) {
            use.with(skippy);
            one.awaitIdle();
            other.awaitIdle();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void oneThatBreaksIsAskedForAgain(String name, Break broken, Way way) throws Exception {
        BodyHandler<?> handler = Objects.requireNonNull(WHOLE.get(name));
        withTwoPods(broken.script(), AT_ONCE, skippy -> {
            HttpResponse<?> response = way.call(skippy.client, Skippy.get(), counted(handler));
            assertThat(response.statusCode()).isEqualTo(200);
            if (response.body() instanceof String text) {
                assertThat(text).isIn("ok", "else");
            }
            skippy.awaitEnded(Outcome.IO_ERROR, Outcome.SUCCESS);
            assertThat(skippy.stats().retries()).isEqualTo(1);
        });
        assertThat(handled).hasValue(2);
        assertThat(connections).hasValue(2);
    }

    @ParameterizedTest
    @EnumSource
    void thatTakesFromTheBudgetToWhichItAddsNothing(Way way) throws Exception {
        withTwoPods(Break.SHORT.script(), AT_ONCE.withBudget(1, 0, 10), skippy -> {
            assertThatThrownBy(() -> way.call(skippy.client, Skippy.get(), ofString()))
                    .isInstanceOf(IOException.class);
            skippy.awaitEnded(Outcome.IO_ERROR);
            assertThat(skippy.stats().retries()).isZero();
        });
    }

    @ParameterizedTest
    @EnumSource
    void aCallThatMayHaveHadAnEffectIsNotMadeAgain(Way way) throws Exception {
        HttpRequest post = HttpRequest.newBuilder(Skippy.ROOT)
                .POST(BodyPublishers.noBody())
                .build();
        withTwoPods(Break.RESET.script(), AT_ONCE, skippy -> {
            assertThatThrownBy(() -> way.call(skippy.client, post, counted(ofString())))
                    .isInstanceOf(IOException.class);
            skippy.awaitEnded(Outcome.IO_ERROR);
        });
        assertThat(connections).hasValue(1);
    }

    static Stream<Arguments> seen() {
        BodyHandler<?> mapping = head -> BodySubscribers.mapping(BodySubscribers.ofString(UTF_8), String::length);
        return Stream.of(Arguments.of("mapping", mapping), Arguments.of("consumer", ofByteArrayConsumer(bytes -> {})));
    }

    @ParameterizedTest
    @MethodSource("seen")
    void whatTheCallersCodeMayHaveSeenIsTheCallers(String name, BodyHandler<?> handler) throws Exception {
        withTwoPods(Break.RESET.script(), AT_ONCE, skippy -> {
            assertThatThrownBy(() -> skippy.client.send(Skippy.get(), counted(handler)))
                    .isInstanceOf(IOException.class);
            skippy.awaitEnded(Outcome.IO_ERROR);
        });
        assertThat(handled).as(name).hasValue(1);
    }

    @Test
    void aFileIsTheCallers() throws Exception {
        withTwoPods(Break.SHORT.script(), AT_ONCE, skippy -> {
            assertThatThrownBy(() -> skippy.client.send(Skippy.get(), counted(ofFile(directory.resolve("body")))))
                    .isInstanceOf(IOException.class);
            skippy.awaitEnded(Outcome.IO_ERROR);
        });
        assertThat(handled).hasValue(1);
    }

    /** The attempts are the answered one, the hedge that it beat, and the one in its place, whose answer is the last. */
    @Test
    void theHedgeThatWasBeatenHasNoPartInWhatFollows() throws Exception {
        VirtualTime time = new VirtualTime();
        CountDownLatch hedged = new CountDownLatch(1);
        PodSocket.Script script = connection -> {
            int number = connections.incrementAndGet();
            connection.readRequest();
            if (number == 1) {
                await(hedged);
                connection.write(HALF);
            } else {
                connection.write(number == 2 ? "" : OK.replace("200 OK", "503 No"));
                connection.readToEnd();
            }
        };
        ServiceHttpOptions hedging = ServiceHttpOptions.defaults().hedged(Hedging.after(MINUTE));
        try (PodSocket one = PodSocket.start("127.0.1.7", 0, script);
                PodSocket two = PodSocket.start("127.0.1.8", 0, script);
                PodSocket three = PodSocket.start("127.0.1.9", 0, script);
                Skippy skippy = new Skippy(
                        time,
                        hedging,
                        AT_ONCE.withBackoff(Duration.ZERO, Duration.ZERO),
                        Endpoint.of(one.address(), one.port()),
                        Endpoint.of(two.address(), two.port()),
                        Endpoint.of(three.address(), three.port()))) {
            CompletableFuture<HttpResponse<String>> call = skippy.client.sendAsync(Skippy.get(), counted(ofString()));
            Skippy.await("the first attempt", () -> connections.get() == 1);
            time.advance(MINUTE);
            Skippy.await("the hedge", () -> connections.get() == 2);
            hedged.countDown();
            assertThat(call.get(30, SECONDS).statusCode()).isEqualTo(503);
            skippy.awaitEnded(Outcome.IO_ERROR, Outcome.CANCELLED, Outcome.SERVER_ERROR);
        } finally {
            time.runDue();
        }
        assertThat(handled).hasValue(2);
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void itIsInFlightUntilItIsComplete() throws Exception {
        try (PodSocket pod = PodSocket.start("127.0.1.9", 0, PodSocket.stallingAfter(HALF));
                Skippy skippy = Skippy.at(pod)) {
            CompletableFuture<HttpResponse<String>> call = skippy.client.sendAsync(Skippy.get(), counted(ofString()));
            Skippy.await("the head", () -> handled.get() == 1);
            assertThat(skippy.stats().inFlight()).isEqualTo(1);
            assertThat(call).isNotDone();
            call.completeExceptionally(new IllegalStateException("the caller's"));
            skippy.assertEnded(Outcome.CANCELLED);
            pod.awaitIdle();
        }
    }

    /** A client hands what is none of its own to another thread, for each call; of one that is not the JDK's nobody knows whether a body ends with its exchange. */
    @ParameterizedTest
    @EnumSource
    void anyClientReadsItByItselfUnlessTimeMayBeOverMeanwhile(Way way) throws Exception {
        try (PodSocket pod = PodSocket.start("127.0.1.9", 0, PodSocket.answering(OK))) {
            Endpoint endpoint = Endpoint.of(pod.address(), pod.port());
            SubscriberProbe probe = new SubscriberProbe(Skippy.client(Version.HTTP_1_1));
            try (Skippy skippy = new Skippy(probe, endpoint)) {
                way.call(skippy.client, Skippy.get(), ofString());
                assertThat(probe.last())
                        .isEqualTo(BodySubscribers.ofString(UTF_8).getClass());
                skippy.awaitEnded(Outcome.SUCCESS);
            }
            ServiceHttpOptions limited = ServiceHttpOptions.defaults().callTimeout(MINUTE);
            try (Skippy skippy = new Skippy(probe, limited, endpoint)) {
                way.call(skippy.client, Skippy.get(), ofString());
                assertThat(probe.last()).isEqualTo(CountedBody.class);
            }
        }
    }

    @Test
    void theJdksOwnClientsAreKnown() {
        HttpClient own = Skippy.client(Version.HTTP_1_1);
        assertThat(JdkClient.is(own)).isTrue();
        assertThat(JdkClient.is(new SubscriberProbe(own))).isFalse();
    }

    /** Makes calls. */
    @FunctionalInterface
    private interface CheckedUse {
        void with(Skippy skippy) throws Exception;
    }
}
