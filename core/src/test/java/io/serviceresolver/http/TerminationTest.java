package io.serviceresolver.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

@EnabledForJreRange(min = JRE.JAVA_21)
class TerminationTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final CountDownLatch waits = new CountDownLatch(3);

    /** A client that ends as soon as all are waited for, or does not. */
    public final class Ending extends RecordingClient {

        private final boolean ends;

        private Ending(boolean ends) {
            this.ends = ends;
        }

        /** Overrides what there is since Java 21. */
        public boolean awaitTermination(Duration limit) throws InterruptedException {
            assertThat(limit).isEqualTo(LIMIT);
            waits.countDown();
            return waits.await(30, SECONDS) && ends;
        }
    }

    private static boolean await(HttpClient... clients) throws InterruptedException {
        return Termination.await(List.of(clients), LIMIT);
    }

    @Test
    void waitsForAllAtOnce() throws Exception {
        assertThat(await(new Ending(true), new Ending(true), new Ending(true))).isTrue();
    }

    @Test
    void tellsWhereOneDoesNotEnd() throws Exception {
        assertThat(await(new Ending(true), new Ending(false), new Ending(true))).isFalse();
    }
}
