package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.http.DeadlineTest.Limit;
import io.serviceresolver.testkit.PodServer;
import io.serviceresolver.testkit.PodSocket;
import io.serviceresolver.testkit.VirtualTime;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Limits of time while the JDK's client reads a body by itself: nobody counts it, so it is the exchange that ends. */
class WholeBodyDeadlineTest {

    private static final String HALF = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int ROUNDS = 300;

    private final VirtualTime time = new VirtualTime();
    private final CountDownLatch head = new CountDownLatch(1);
    private final ExecutorService caller = Executors.newSingleThreadExecutor();

    /** The threads of the client, and how many of its tasks are not over. */
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private final AtomicInteger tasks = new AtomicInteger();

    private final HttpClient quiet = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(30))
            .executor(this::execute)
            .build();

    private void execute(Runnable task) {
        tasks.incrementAndGet();
        threads.execute(() -> {
            try {
                task.run();
            } finally {
                tasks.decrementAndGet();
            }
        });
    }

    @AfterEach
    void end() {
        time.runDue();
        caller.shutdownNow();
        threads.shutdownNow();
    }

    /** The head was shown, and whoever showed it waits for more. */
    private void awaitHead() throws InterruptedException {
        assertThat(head.await(30, SECONDS)).isTrue();
        Skippy.await("no task of the client", () -> tasks.get() == 0);
    }

    private BodyHandler<String> text() {
        return info -> {
            head.countDown();
            return ofString().apply(info);
        };
    }

    private Skippy skippy(ServiceHttpOptions options, RetryPolicy retries, PodSocket... pods) {
        return new Skippy(
                time,
                quiet,
                options,
                retries,
                Stream.of(pods)
                        .map(pod -> Endpoint.of(pod.address(), pod.port()))
                        .toArray(Endpoint[]::new));
    }

    static Stream<Arguments> all() {
        return Stream.of(Limit.values())
                .flatMap(limit -> Stream.of(Way.values()).map(way -> Arguments.of(limit, way)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void endsABodyThatStallsAndItsConnection(Limit limit, Way way) throws Exception {
        try (PodSocket pod = PodSocket.start("127.0.1.9", 0, PodSocket.stallingAfter(HALF));
                Skippy skippy = skippy(limit.set(ServiceHttpOptions.defaults()), RetryPolicy.never(), pod)) {
            int timers = time.pending();
            Future<?> call = caller.submit(() -> way.call(skippy.client, limit.request(), text()));
            awaitHead();
            time.advance(HOUR.minusMillis(1));
            assertThat(call.isDone()).isFalse();
            assertThat(skippy.stats().inFlight()).isEqualTo(1);
            time.advance(Duration.ofMillis(1));
            assertThatThrownBy(() -> call.get(30, SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(HttpTimeoutException.class)
                    .hasMessageContaining("not answered in full within 3600000 ms");
            skippy.awaitEnded(Outcome.TIMEOUT);
            pod.awaitIdle();
            assertThat(time.pending()).isLessThanOrEqualTo(timers);
            assertThat(caller.submit(Thread::interrupted).get(30, SECONDS)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneThatStallsIsAskedForAgainWhenItsAttemptIsLate(Way way) throws Exception {
        AtomicBoolean first = new AtomicBoolean(true);
        PodSocket.Script script = connection -> {
            String answer = first.getAndSet(false) ? HALF : OK;
            PodSocket.stallingAfter(answer).play(connection);
        };
        RetryPolicy retries = RetryPolicy.standard().withBackoff(Duration.ZERO, Duration.ZERO);
        try (PodSocket one = PodSocket.start("127.0.1.8", 0, script);
                PodSocket other = PodSocket.start("127.0.1.9", 0, script);
                Skippy skippy = skippy(ServiceHttpOptions.defaults().attemptTimeout(MINUTE), retries, one, other)) {
            Future<HttpResponse<String>> call = caller.submit(() -> way.call(skippy.client, Skippy.get(), text()));
            awaitHead();
            time.advance(MINUTE);
            assertThat(call.get(30, SECONDS).body()).isEqualTo("ok");
            skippy.awaitEnded(Outcome.TIMEOUT, Outcome.SUCCESS);
            assertThat(caller.submit(Thread::interrupted).get(30, SECONDS)).isFalse();
        }
    }

    /** Then the exchange was cancelled before anybody reads the body. */
    @Test
    void endsABodyThatComesWhenTimeIsOver() throws Exception {
        try (PodSocket pod = PodSocket.start("127.0.1.9", 0, PodSocket.stallingAfter(HALF));
                Skippy skippy = skippy(ServiceHttpOptions.defaults().callTimeout(HOUR), RetryPolicy.never(), pod)) {
            CompletableFuture<Void> over = new CompletableFuture<>();
            CompletableFuture<HttpResponse<String>> call = skippy.client.sendAsync(Skippy.get(), info -> {
                head.countDown();
                over.join();
                return ofString().apply(info);
            });
            assertThat(head.await(30, SECONDS)).isTrue();
            time.advance(HOUR);
            assertThatThrownBy(() -> call.get(30, SECONDS)).hasCauseInstanceOf(HttpTimeoutException.class);
            skippy.awaitEnded(Outcome.TIMEOUT);
            over.complete(null);
            pod.awaitIdle();
        }
    }

    @Test
    void whoWaitsIsToldWhereItWaited() throws Exception {
        try (PodSocket pod = PodSocket.start("127.0.1.9", 0, PodSocket.stallingAfter(HALF));
                Skippy skippy = skippy(ServiceHttpOptions.defaults().callTimeout(HOUR), RetryPolicy.never(), pod)) {
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            caller.execute(() -> {
                try {
                    skippy.client.send(Skippy.get(), text());
                } catch (Exception e) {
                    thrown.complete(e);
                }
            });
            awaitHead();
            time.advance(HOUR);
            assertThat(thrown.get(30, SECONDS).getStackTrace())
                    .anyMatch(
                            frame -> frame.getClassName().startsWith(getClass().getName()));
        }
    }

    /** The time-out may come before the head, with the body, or after all of it. */
    @Test
    void aTimeoutThatComesWithTheAnswerLeavesNoInterruptBehind() throws Exception {
        try (PodServer pod = PodServer.start("pod-1", "127.0.1.1", 0);
                Skippy skippy = new Skippy(
                        time,
                        ServiceHttpOptions.defaults().callTimeout(MINUTE),
                        RetryPolicy.never(),
                        Endpoint.of(pod.address(), pod.port()))) {
            for (int round = 0; round < ROUNDS; round++) {
                CountDownLatch handled = new CountDownLatch(1);
                Future<Boolean> left = caller.submit(() -> {
                    try {
                        skippy.client.send(Skippy.get(), info -> {
                            handled.countDown();
                            return ofString().apply(info);
                        });
                    } catch (HttpTimeoutException e) {
                        // As well.
                    }
                    return Thread.interrupted();
                });
                assertThat(handled.await(30, SECONDS)).isTrue();
                time.advance(MINUTE);
                assertThat(left.get(30, SECONDS)).isFalse();
            }
            // The timer may be about to end the last one, which its caller has got.
            Skippy.await("all end", () -> skippy.stats().inFlight() == 0);
            assertThat(skippy.stats().completed(Outcome.SUCCESS)
                            + skippy.stats().completed(Outcome.TIMEOUT))
                    .isEqualTo(ROUNDS);
        }
    }
}
