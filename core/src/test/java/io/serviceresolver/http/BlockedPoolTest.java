package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.testkit.PodServer;
import io.serviceresolver.testkit.PodSocket;
import io.serviceresolver.testkit.VirtualTime;
import java.net.http.HttpClient.Version;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A program whose common pool does nothing any more. */
class BlockedPoolTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final CountDownLatch release = new CountDownLatch(1);

    @BeforeEach
    void blockAllThreads() throws InterruptedException {
        int threads = ForkJoinPool.getCommonPoolParallelism();
        CountDownLatch blocked = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            ForkJoinPool.commonPool().execute(() -> {
                blocked.countDown();
                await(release);
            });
        }
        assertThat(blocked.await(30, SECONDS)).isTrue();
    }

    @AfterEach
    void release() {
        release.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void keepsNobodyFromSending() throws Exception {
        try (PodServer pod = PodServer.start("pod-1", "127.0.1.1", 0);
                PodServer refusing = PodServer.start("refusing", "127.0.1.2", 0);
                Skippy skippy = Skippy.retrying(
                        RetryPolicy.standard().withBackoff(Duration.ofMillis(1), Duration.ofMillis(1)),
                        Skippy.client(Version.HTTP_1_1),
                        Endpoint.of(pod.address(), pod.port()),
                        Endpoint.of(refusing.address(), refusing.port()))) {
            refusing.status(503);
            for (int i = 0; i < 10; i++) {
                assertThat(skippy.client.send(Skippy.get(), ofString()).body()).isEqualTo("pod-1");
            }
            assertThat(skippy.stats().retries()).isPositive();
        }
    }

    /** The JDK completes its own futures on that pool. */
    @Test
    void keepsNoDeadlineFromEndingAnAsynchronousCall() {
        VirtualTime time = new VirtualTime();
        try (PodSocket pod = PodSocket.start("127.0.1.9", 0, PodSocket.stallingAfter("HTTP/1.1 200"));
                Skippy skippy = new Skippy(
                        time,
                        ServiceHttpOptions.defaults().callTimeout(MINUTE),
                        RetryPolicy.never(),
                        Endpoint.of(pod.address(), pod.port()))) {
            var call = skippy.client.sendAsync(Skippy.get(), ofString());
            pod.awaitConnections(1);
            time.advance(MINUTE);
            assertThatThrownBy(() -> call.get(30, SECONDS)).hasCauseInstanceOf(HttpTimeoutException.class);
            skippy.awaitEnded(Outcome.TIMEOUT);
            pod.awaitIdle();
        }
    }
}
