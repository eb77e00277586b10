package io.serviceresolver.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** How a user's stage is ended when nobody wants its result any more. */
class LifelineTest {

    private final Queue<Runnable> apart = new ArrayDeque<>();
    private final Lifeline lifeline = new Lifeline(apart::add);
    private final CompletableFuture<ProbeResult> stage = new CompletableFuture<>();

    @Test
    void cancelsAStageNotOnTheThreadThatCuts() {
        lifeline.tie(stage);
        lifeline.cut();
        assertThat(stage).isNotDone();
        apart.remove().run();
        assertThat(stage).isCancelled();
    }

    @Test
    void cancelsAStageThatComesWhenTheLineIsCut() {
        lifeline.cut();
        lifeline.tie(stage);
        apart.remove().run();
        assertThat(stage).isCancelled();
    }

    @Test
    void livesWithAStageThatIsNoFuture() {
        lifeline.tie(new CompletableFuture<ProbeResult>() {
            @Override
            public CompletableFuture<ProbeResult> toCompletableFuture() {
                throw new UnsupportedOperationException();
            }
        });
        lifeline.cut();
        apart.remove().run();
        assertThat(apart).isEmpty();
    }

    @Test
    void cancelsAStageThoughThereAreNoThreadsAnyMore() {
        Lifeline ended = new Lifeline(task -> {
            throw new RejectedExecutionException();
        });
        ended.tie(stage);
        ended.cut();
        assertThat(stage).isCancelled();
    }
}
