package io.serviceresolver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DeadlineTimerTest {

    private final CompletableFuture<Void> timer = new CompletableFuture<>();
    private final List<HttpTimeoutException> told = new ArrayList<>();
    private final Deadline deadline = Deadline.begin(timer, Duration.ofSeconds(2), told::add);

    @Test
    void tellsThatItIsOver() {
        timer.complete(null);
        assertThat(told)
                .singleElement()
                .satisfies(e -> assertThat(e).hasMessage("not answered in full within 2000 ms"));
    }

    /** Two exceptions for each call that goes well were a tenth of what a call costs. */
    @Test
    void endsTheWaitWithoutAnException() {
        deadline.cancel();
        assertThat(timer).isCompleted();
        assertThat(told).isEmpty();
    }

    @Test
    void onceCancelledItIsNeverOver() {
        deadline.cancel();
        timer.complete(null);
        assertThat(told).isEmpty();
    }

    @Test
    void afterTheResolverWasClosedItIsNeverOver() {
        timer.completeExceptionally(new IllegalStateException("closed"));
        assertThat(told).isEmpty();
    }
}
