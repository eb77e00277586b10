package io.serviceresolver.grpc;

import io.serviceresolver.testkit.VirtualTime;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Virtual time, and the thread on which all that is due in it happens: a test that calls real servers moves it from its own. */
final class LoopThread implements AutoCloseable {

    final VirtualTime time = new VirtualTime();
    private final BlockingQueue<Duration> moves = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::run, "test-loop");

    LoopThread() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                Duration move = moves.poll(1, TimeUnit.MILLISECONDS);
                time.advance(move == null ? Duration.ZERO : move);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Has time pass, soon. */
    void pass(Duration duration) {
        moves.add(duration);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
