package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.call.Hedging;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.testkit.PodServer;
import io.serviceresolver.testkit.PodSocket;
import io.serviceresolver.testkit.VirtualTime;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that take long and are sent a second time. Pods answer when they are told to. */
class HedgingTest {

    private static final Duration DELAY = Duration.ofSeconds(1);

    private final VirtualTime time = new VirtualTime();
    private final List<PodServer> pods = PodServer.fleet(2, 0);
    private final Skippy skippy = skippy(RetryPolicy.standard());
    private final AtomicInteger handled = new AtomicInteger();

    private final BodyHandler<String> handler = head -> {
        handled.incrementAndGet();
        return ofString().apply(head);
    };

    private Skippy skippy(RetryPolicy retries) {
        pods.forEach(PodServer::hold);
        return new Skippy(
                time, ServiceHttpOptions.defaults().hedged(Hedging.after(DELAY)), retries, Skippy.endpoints(pods));
    }

    @AfterEach
    void stop() {
        skippy.close();
        time.runDue();
        pods.forEach(PodServer::close);
    }

    private CompletableFuture<HttpResponse<String>> begin(HttpRequest request) {
        CompletableFuture<HttpResponse<String>> call = skippy.client.sendAsync(request, handler);
        Skippy.await("the first attempt", () -> arrived() == 1);
        return call;
    }

    private static HttpRequest request(String method, BodyPublisher body) {
        return HttpRequest.newBuilder(Skippy.ROOT).method(method, body).build();
    }

    private long arrived() {
        return pods.stream().mapToLong(PodServer::calls).sum();
    }

    private PodServer first() {
        return pods.stream().filter(pod -> pod.calls() == 1).findFirst().orElseThrow();
    }

    private PodServer other(PodServer than) {
        return pods.get(pods.indexOf(than) == 0 ? 1 : 0);
    }

    private void hedge() {
        time.advance(DELAY);
        Skippy.await("the second attempt", () -> arrived() == 2);
        assertThat(pods).allMatch(pod -> pod.calls() == 1);
    }

    @Test
    void theSecondAttemptGoesToAnotherPodAndWinsWhereItIsAnsweredFirst() throws Exception {
        CompletableFuture<HttpResponse<String>> call = begin(Skippy.get());
        PodServer first = first();
        time.advance(DELAY.minusMillis(1));
        assertThat(skippy.stats().inFlight()).isEqualTo(1);
        hedge();
        assertThat(skippy.stats().inFlight()).isEqualTo(2);
        other(first).release();
        HttpResponse<String> response = call.get(30, SECONDS);
        assertThat(response.body()).isEqualTo(other(first).name());
        assertThat(ServiceHttpClient.endpoint(response).orElseThrow().podName())
                .contains(other(first).name());
        skippy.awaitEnded(Outcome.SUCCESS, Outcome.CANCELLED);
        assertThat(skippy.stats().hedges()).isEqualTo(1);
        assertThat(skippy.stats().retries()).isZero();
        assertThat(handled).hasValue(1);
        first.release();
    }

    @Test
    void theFirstAttemptWinsWhereThatIsAnsweredFirst() throws Exception {
        CompletableFuture<HttpResponse<String>> call = begin(Skippy.get());
        PodServer first = first();
        hedge();
        first.release();
        assertThat(call.get(30, SECONDS).body()).isEqualTo(first.name());
        skippy.awaitEnded(Outcome.SUCCESS, Outcome.CANCELLED);
        assertThat(handled).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504})
    void anAnswerThatIsNoneLeavesTheCallToTheOtherAttempt(int status) throws Exception {
        // Those that are held keep what they are to be answered with.
        pods.forEach(pod -> pod.status(status));
        CompletableFuture<HttpResponse<String>> call = begin(Skippy.get());
        PodServer first = first();
        pods.forEach(pod -> pod.status(200));
        hedge();
        first.release();
        Skippy.await("one ends", () -> skippy.stats().inFlight() == 1);
        assertThat(call).isNotDone();
        other(first).release();
        assertThat(call.get(30, SECONDS).statusCode()).isEqualTo(200);
        skippy.awaitEnded(Outcome.SERVER_ERROR, Outcome.SUCCESS);
        assertThat(handled).hasValue(1);
    }

    @Test
    void aBrokenAttemptLeavesTheCallToTheOtherOne() throws Exception {
        CompletableFuture<HttpResponse<String>> call = begin(request("DELETE", BodyPublishers.noBody()));
        PodServer first = first();
        hedge();
        first.close();
        Skippy.await("one is broken", () -> skippy.stats().inFlight() == 1);
        assertThat(call).isNotDone();
        other(first).release();
        assertThat(call.get(30, SECONDS).body()).isEqualTo(other(first).name());
        skippy.awaitEnded(Outcome.IO_ERROR, Outcome.SUCCESS);
    }

    @Test
    void whereBothBreakTheCallFails() {
        CompletableFuture<HttpResponse<String>> call = begin(request("DELETE", BodyPublishers.noBody()));
        hedge();
        pods.forEach(PodServer::close);
        assertThatThrownBy(() -> call.get(30, SECONDS)).hasCauseInstanceOf(IOException.class);
        skippy.awaitEnded(Outcome.IO_ERROR, Outcome.IO_ERROR);
    }

    @Test
    void theOtherAttemptIsCancelledOnTheWire() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        PodSocket.Script secondAnswers = connection -> {
            connection.readRequest();
            if (attempts.incrementAndGet() == 2) {
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
            } else {
                connection.readToEnd();
            }
        };
        try (PodSocket one = PodSocket.start("127.0.1.8", 0, secondAnswers);
                PodSocket two = PodSocket.start("127.0.1.9", 0, secondAnswers);
                Skippy other = new Skippy(
                        time,
                        ServiceHttpOptions.defaults().hedged(Hedging.after(DELAY)),
                        RetryPolicy.standard(),
                        Endpoint.of(one.address(), one.port()),
                        Endpoint.of(two.address(), two.port()))) {
            CompletableFuture<HttpResponse<String>> call = other.client.sendAsync(Skippy.get(), handler);
            Skippy.await("the first attempt", () -> attempts.get() == 1);
            time.advance(DELAY);
            assertThat(call.get(30, SECONDS).body()).isEqualTo("ok");
            other.awaitEnded(Outcome.SUCCESS, Outcome.CANCELLED);
            one.awaitIdle();
            two.awaitIdle();
        }
    }

    @Test
    void cancelEndsBothAttempts() {
        CompletableFuture<HttpResponse<String>> call = begin(Skippy.get());
        hedge();
        call.thenApply(HttpResponse::body).cancel(true);
        assertThatThrownBy(() -> call.get(30, SECONDS)).isInstanceOf(CancellationException.class);
        skippy.awaitEnded(Outcome.CANCELLED, Outcome.CANCELLED);
    }

    @Test
    void whatMayHaveAnEffectOrCannotBeSentAgainIsNotHedged() throws Exception {
        for (HttpRequest once : List.of(
                request("POST", BodyPublishers.noBody()),
                request("PATCH", BodyPublishers.ofString("body")),
                request("PUT", new OneTimeBody()))) {
            long before = arrived();
            CompletableFuture<HttpResponse<String>> call = skippy.client.sendAsync(once, handler);
            Skippy.await("the attempt", () -> arrived() == before + 1);
            time.advance(DELAY);
            assertThat(skippy.stats().inFlight()).isEqualTo(1);
            pods.forEach(PodServer::release);
            assertThat(call.get(30, SECONDS).statusCode()).isEqualTo(200);
            pods.forEach(PodServer::hold);
        }
        assertThat(skippy.stats().hedges()).isZero();
    }

    @Test
    void aCallThatIsAnsweredInTimeLeavesNoTimer() throws Exception {
        pods.forEach(PodServer::release);
        int timers = time.pending();
        skippy.client
                .sendAsync(request("PUT", BodyPublishers.ofString("body")), handler)
                .get(30, SECONDS);
        Skippy.await("the timer ends", () -> time.pending() == timers);
        time.advance(DELAY);
        assertThat(skippy.stats().hedges()).isZero();
        assertThat(arrived()).isEqualTo(1);
    }

    @Test
    void aBudgetThatIsUsedUpAllowsNone() throws Exception {
        try (Skippy poor = skippy(RetryPolicy.standard().withBudget(0, 1, 1))) {
            for (int i = 0; i < 2; i++) {
                long before = arrived();
                pods.forEach(PodServer::hold);
                CompletableFuture<HttpResponse<String>> call = poor.client.sendAsync(Skippy.get(), handler);
                Skippy.await("the first attempt", () -> arrived() == before + 1);
                time.advance(DELAY);
                Skippy.await(
                        "a decision", () -> poor.stats().hedges() + poor.stats().retriesRefused() > 0);
                if (i == 0) {
                    Skippy.await("the hedge", () -> arrived() == before + 2);
                } else {
                    Skippy.await("a refusal", () -> poor.stats().retriesRefused() == 1);
                }
                pods.forEach(PodServer::release);
                assertThat(call.get(30, SECONDS).statusCode()).isEqualTo(200);
                Skippy.await("all end", () -> poor.stats().inFlight() == 0);
            }
            assertThat(poor.stats().hedges()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void sendIsHedgedToo(Way way) throws Exception {
        int timers = time.pending();
        var answer = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return way.call(skippy.client, Skippy.get(), handler).body();
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                },
                task -> new Thread(task, "caller").start());
        Skippy.await("the first attempt", () -> arrived() == 1);
        PodServer first = first();
        Skippy.await("the timer", () -> time.pending() > timers);
        hedge();
        other(first).release();
        assertThat(answer.get(30, SECONDS)).isEqualTo(other(first).name());
        skippy.awaitEnded(Outcome.SUCCESS, Outcome.CANCELLED);
    }
}
