package io.serviceresolver.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Interrupts that are ours, and those that are not. */
class WaitingThreadTest {

    private final WaitingThread thread = new WaitingThread();

    @AfterEach
    void clear() {
        Thread.interrupted();
    }

    @Test
    void isWokenByAnInterruptThatIsNotLeftBehind() {
        thread.wake();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        thread.returned();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void isNotWokenAfterItReturned() {
        thread.returned();
        thread.wake();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void isNotWokenAfterItWasInterrupted() {
        assertThat(thread.interrupted()).isFalse();
        thread.wake();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void isWokenOnce() {
        thread.wake();
        assertThat(Thread.interrupted()).isTrue();
        thread.wake();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void keepsAnInterruptOfSomebodyElses() {
        Thread.currentThread().interrupt();
        thread.returned();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void keepsAnInterruptThatFollowsTheOneThatWokeIt() {
        thread.wake();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(thread.interrupted()).isTrue();
        Thread.currentThread().interrupt();
        thread.returned();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }
}
