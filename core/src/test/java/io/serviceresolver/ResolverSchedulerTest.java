package io.serviceresolver;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.serviceresolver.source.CapturedLog;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of what tasks of the event loop throw. */
class ResolverSchedulerTest {

    private final ResolverScheduler loop = new ResolverScheduler();
    private final CapturedLog log = new CapturedLog(ResolverScheduler.class);

    @AfterEach
    void close() {
        loop.shutdownNow();
        log.close();
    }

    private void awaitEnd() throws InterruptedException {
        loop.shutdown();
        assertThat(loop.awaitTermination(30, SECONDS)).isTrue();
    }

    @Test
    void aTaskThatFailsIsReported() throws InterruptedException {
        loop.execute(() -> {
            throw new IllegalArgumentException("no");
        });
        awaitEnd();
        assertThat(log.at(Level.ERROR)).containsExactly("a task of the event loop failed: please report this");
    }

    @Test
    void aTaskThatWantsMoreDoneAfterTheEndHasNotFailed() throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(1);
        loop.execute(() -> {
            await(closed);
            loop.schedule(() -> {}, 1, SECONDS);
        });
        loop.shutdown();
        closed.countDown();
        awaitEnd();
        assertThat(log.from(Level.INFO)).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
