package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.ofInputStream;
import static java.net.http.HttpResponse.BodyHandlers.ofPublisher;
import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.testkit.PodServer;
import io.serviceresolver.testkit.PodSocket;
import io.serviceresolver.testkit.VirtualTime;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Limits of time that hold until the end of the body. An hour is over at once here, unless the JDK measures it. */
class DeadlineTest {

    private static final String HALF = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf";
    private static final Duration HOUR = Duration.ofHours(1);
    /** Shorter than a service is followed for nothing. */
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Shorter than the first answer is waited for, and as patient with the answer to a call, as the client measures that. */
    private static final Duration SOON = Duration.ofSeconds(25);

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualTime time = new VirtualTime();

    @AfterEach
    void endTimers() {
        time.runDue();
    }

    private static PodSocket stalling(String answer) {
        return PodSocket.start("127.0.1.9", 0, PodSocket.stallingAfter(answer));
    }

    private Skippy skippy(UnaryOperator<ServiceHttpOptions> limit, PodSocket pod) {
        return new Skippy(
                time,
                limit.apply(ServiceHttpOptions.defaults()),
                RetryPolicy.standard(),
                Endpoint.of(pod.address(), pod.port()));
    }

    private static void assertLate(Future<?> call) {
        assertThatThrownBy(() -> call.get(30, SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(HttpTimeoutException.class);
    }

    /** Which limits end a body. */
    enum Limit {
        CALL,
        ATTEMPT,
        REQUEST;

        ServiceHttpOptions set(ServiceHttpOptions options) {
            return switch (this) {
                case CALL -> options.callTimeout(HOUR);
                case ATTEMPT -> options.attemptTimeout(HOUR);
                case REQUEST -> options.timeoutsOfBodies();
            };
        }

        HttpRequest request() {
            return this == REQUEST
                    ? HttpRequest.newBuilder(Skippy.ROOT).timeout(HOUR).build()
                    : Skippy.get();
        }
    }

    @ParameterizedTest
    @EnumSource
    void endsABodyThatStallsAndItsConnection(Limit limit) throws Exception {
        var threads = Executors.newSingleThreadExecutor();
        for (Way way : Way.values()) {
            try (PodSocket pod = stalling(HALF);
                    Skippy skippy = skippy(limit::set, pod)) {
                int timers = time.pending();
                WatchedHandler<String> handler = new WatchedHandler<>(ofString());
                Future<?> call = threads.submit(() -> way.call(skippy.client, limit.request(), handler));
                handler.awaitBytes();
                assertThat(skippy.stats().inFlight()).isEqualTo(1);
                time.advance(HOUR.minusMillis(1));
                assertThat(call.isDone()).isFalse();
                time.advance(Duration.ofMillis(1));
                assertLate(call);
                skippy.awaitEnded(Outcome.TIMEOUT);
                pod.awaitIdle();
                assertThat(time.pending()).isLessThanOrEqualTo(timers);
            }
        }
        threads.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource
    void endsABodyThatIsStreamed(Limit limit) throws Exception {
        try (PodSocket pod = stalling(HALF);
                Skippy skippy = skippy(limit::set, pod)) {
            try (InputStream body =
                    skippy.client.send(limit.request(), ofInputStream()).body()) {
                assertThat(body.readNBytes(4)).asString().isEqualTo("half");
                time.advance(HOUR);
                assertThatThrownBy(body::read)
                        .isInstanceOf(IOException.class)
                        .hasRootCauseInstanceOf(HttpTimeoutException.class);
            }
            skippy.awaitEnded(Outcome.TIMEOUT);
            pod.awaitIdle();
        }
    }

    @ParameterizedTest
    @EnumSource
    void endsABodyThatNobodyReads(Limit limit) throws Exception {
        try (PodSocket pod = stalling(HALF);
                Skippy skippy = skippy(limit::set, pod)) {
            var publisher = skippy.client.send(limit.request(), ofPublisher()).body();
            time.advance(HOUR);
            skippy.awaitEnded(Outcome.TIMEOUT);
            pod.awaitIdle();
            Reader<List<ByteBuffer>> late = new Reader<>(Reader.Until.END);
            publisher.subscribe(late);
            assertThatThrownBy(late::awaitEnd).hasRootCauseInstanceOf(HttpTimeoutException.class);
        }
    }

    @Test
    void aRequestsOwnTimeoutIsOfTheHeadUnlessSaidOtherwise() throws Exception {
        try (PodSocket pod = stalling(HALF);
                Skippy skippy = skippy(options -> options, pod);
                InputStream body = skippy.client
                        .send(Limit.REQUEST.request(), ofInputStream())
                        .body()) {
            time.advance(HOUR);
            assertThat(body.readNBytes(4)).asString().isEqualTo("half");
            assertThat(skippy.stats().inFlight()).isEqualTo(1);
        }
    }

    @Test
    void aCallThatEndsInTimeLeavesNoTimer() throws Exception {
        try (PodServer pod = PodServer.start("pod-1", "127.0.1.1", 0);
                Skippy skippy = new Skippy(
                        time,
                        ServiceHttpOptions.defaults().callTimeout(HOUR).attemptTimeout(HOUR),
                        RetryPolicy.standard(),
                        Endpoint.of(pod.address(), pod.port()))) {
            int timers = time.pending();
            for (Way way : Way.values()) {
                assertThat(way.call(skippy.client, Skippy.get(), ofString()).body())
                        .isEqualTo("pod-1");
                Skippy.await("timers end", () -> time.pending() == timers);
            }
            skippy.assertEnded(Outcome.SUCCESS, Outcome.SUCCESS);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CALL", "REQUEST"})
    void endsACallThatIsNotAnswered(Limit limit) {
        try (PodSocket pod = stalling("");
                Skippy skippy = skippy(limit::set, pod)) {
            Future<?> call = skippy.client.sendAsync(limit.request(), ofString());
            pod.awaitConnections(1);
            time.advance(HOUR);
            assertLate(call);
            skippy.awaitEnded(Outcome.TIMEOUT);
            pod.awaitIdle();
        }
    }

    /** What depends on a future is run in the opposite order of registration: what we registered ourselves comes last. */
    @ParameterizedTest
    @EnumSource(names = {"CALL", "REQUEST"})
    void whoeverKnowsThatTimeIsOverFindsNothingOnItsWay(Limit limit) throws Exception {
        for (String sent : List.of("", HALF)) {
            try (PodSocket pod = stalling(sent);
                    Skippy skippy = skippy(limit::set, pod)) {
                WatchedHandler<String> handler = new WatchedHandler<>(ofString());
                CompletableFuture<?> call = skippy.client.sendAsync(limit.request(), handler);
                CompletableFuture<Integer> inFlight = call.handle((response, failure) -> {
                    pod.awaitIdle();
                    return skippy.stats().inFlight();
                });
                pod.awaitConnections(1);
                if (!sent.isEmpty()) {
                    handler.awaitBytes();
                }
                time.advance(HOUR);
                assertLate(call);
                assertThat(inFlight.get(30, SECONDS)).isZero();
                skippy.assertEnded(Outcome.TIMEOUT);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void endsACallThatWaitsForAnEndpoint(Way way) throws Exception {
        var threads = Executors.newSingleThreadExecutor();
        HttpRequest post = HttpRequest.newBuilder(Skippy.ROOT)
                .POST(BodyPublishers.ofString("order"))
                .build();
        try (PodServer pod = PodServer.start("late", "127.0.1.1", 0);
                Skippy skippy =
                        new Skippy(time, ServiceHttpOptions.defaults().callTimeout(SOON), RetryPolicy.standard())) {
            // Followed before, so that no timers but the call's are to come.
            skippy.stats();
            time.runDue();
            int timers = time.pending();
            Future<?> call = threads.submit(() -> way.call(skippy.client, post, ofString()));
            // With its own timer, and the one of the wait for an endpoint.
            Skippy.await("the call waits", () -> time.runDue() >= 0 && time.pending() == timers + 2);
            time.advance(SOON);
            assertLate(call);
            skippy.source.set("skippy", Endpoint.of(pod.address(), pod.port()));
            time.runDue();
            assertThat(skippy.client.send(Skippy.get(), ofString()).body()).isEqualTo("late");
            assertThat(pod.calls()).isEqualTo(1);
            // What was picked when it was too late is nobody's fault.
            skippy.awaitEnded(Outcome.SUCCESS, Outcome.CANCELLED);
        }
        threads.shutdownNow();
    }

    @Test
    void anAttemptThatIsNotAnsweredIsMadeAgain() throws Exception {
        try (PodSocket pod = stalling("");
                PodServer other = PodServer.start("other", "127.0.1.1", 0);
                Skippy skippy = new Skippy(
                        time,
                        ServiceHttpOptions.defaults().attemptTimeout(MINUTE),
                        HttpRetryTest.AT_ONCE.withBackoff(Duration.ZERO, Duration.ZERO),
                        Endpoint.of(pod.address(), pod.port()))) {
            Future<?> call = skippy.client.sendAsync(Skippy.get(), ofString());
            pod.awaitConnections(1);
            skippy.source.set(
                    "skippy", Endpoint.of(pod.address(), pod.port()), Endpoint.of(other.address(), other.port()));
            time.advance(MINUTE);
            // Some time is left to the client, which knows more.
            Skippy.passes(time, SECOND, "the attempt ends", () -> skippy.stats().completed(Outcome.TIMEOUT) == 1);
            call.get(30, SECONDS);
            skippy.awaitEnded(Outcome.TIMEOUT, Outcome.SUCCESS);
            pod.awaitIdle();
        }
    }

    /** Where the caller's thread waits in the client, it is the client's timer that ends that. */
    @ParameterizedTest
    @EnumSource
    void limitsHoldForHeadsOnTheClientsOwnTime(Way way) {
        for (UnaryOperator<ServiceHttpOptions> limit : List.<UnaryOperator<ServiceHttpOptions>>of(
                options -> options.callTimeout(SECOND), options -> options.attemptTimeout(SECOND))) {
            try (PodSocket pod = stalling("");
                    Skippy skippy = skippy(limit, pod)) {
                Throwable timeout = catchThrowable(() -> way.call(skippy.client, Skippy.get(), ofString()));
                skippy.awaitEnded(Skippy.late(timeout));
                pod.awaitIdle();
            }
        }
    }

    @Test
    void aTimeoutMustBeMoreThanZero() {
        ServiceHttpOptions options = ServiceHttpOptions.defaults();
        assertThatThrownBy(() -> options.callTimeout(Duration.ZERO))
                .hasMessage("callTimeout: PT0S (expected: more than zero)");
        assertThatThrownBy(() -> options.attemptTimeout(SECOND.negated()))
                .hasMessage("attemptTimeout: PT-1S (expected: more than zero)");
    }
}
