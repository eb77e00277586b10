package io.serviceresolver.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {

    private final VirtualTime time = new VirtualTime();
    private final List<String> log = new ArrayList<>();

    @Test
    void runsNothingBeforeItIsTold() {
        time.execute(() -> log.add("now"));
        assertThat(log).isEmpty();
        assertThat(time.runDue()).isEqualTo(1);
        assertThat(log).containsExactly("now");
    }

    @Test
    void runsEachTaskAtItsOwnTimeAndInOrder() {
        time.schedule(() -> log.add("b@" + time.nanoTime()), 2, SECONDS);
        time.schedule(() -> log.add("a@" + time.nanoTime()), 1, SECONDS);
        time.schedule(() -> log.add("a2@" + time.nanoTime()), 1, SECONDS);
        time.advance(Duration.ofSeconds(5));
        assertThat(log).containsExactly("a@1000000000", "a2@1000000000", "b@2000000000");
        assertThat(time.nanoTime()).isEqualTo(SECONDS.toNanos(5));
    }

    @Test
    void runsWhatATaskSchedulesWithinTheSameAdvance() {
        time.schedule(() -> time.schedule(() -> log.add("inner"), 1, SECONDS), 1, SECONDS);
        time.advance(Duration.ofSeconds(2));
        assertThat(log).containsExactly("inner");
    }

    @Test
    void repeatsUntilCancelled() {
        ScheduledFuture<?> tick = time.scheduleWithFixedDelay(() -> log.add("tick"), 1, 1, SECONDS);
        time.advance(Duration.ofSeconds(3));
        tick.cancel(false);
        time.advance(Duration.ofSeconds(3));
        assertThat(log).hasSize(3);
        assertThat(time.pending()).isZero();
    }

    @Test
    void tellsHowLongItIsUntilTheNextTask() {
        assertThat(time.untilNext()).isEmpty();
        time.schedule(() -> log.add("later"), 3, SECONDS);
        ScheduledFuture<?> sooner = time.schedule(() -> log.add("sooner"), 2, SECONDS);
        time.advance(Duration.ofSeconds(1));
        assertThat(time.untilNext()).contains(Duration.ofSeconds(1));
        sooner.cancel(false);
        assertThat(time.untilNext()).contains(Duration.ofSeconds(2));
    }

    @Test
    void keepsItsOrderWhenTheCounterOverflows() {
        VirtualTime late = new VirtualTime(Long.MAX_VALUE - 1);
        late.schedule(() -> log.add("second"), 2, SECONDS);
        late.schedule(() -> log.add("first"), 1, SECONDS);
        late.advance(Duration.ofSeconds(3));
        assertThat(log).containsExactly("first", "second");
    }

    @Test
    void takesNothingAfterShutdown() {
        time.execute(() -> log.add("never"));
        assertThat(time.shutdownNow()).hasSize(1);
        assertThat(time.runDue()).isZero();
        assertThatThrownBy(() -> time.execute(() -> log.add("late"))).isInstanceOf(RejectedExecutionException.class);
    }
}
