package io.serviceresolver.dns;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The daemon thread that sends and receives packets. It blocks in the selector alone. */
final class IoLoop {

    static final String THREAD_NAME = "service-resolver-dns";

    private static final Logger LOG = LoggerFactory.getLogger(IoLoop.class);
    private static final int MAX_PACKET = 65_535;

    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocate(MAX_PACKET);
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();

    /** Set when the thread is to end, and when it ends; guarded by the lock of this object. */
    private boolean ended;

    private IoLoop(Selector selector) {
        this.selector = selector;
    }

    static IoLoop start() throws IOException {
        IoLoop loop = new IoLoop(Selector.open());
        // It outlives whoever happens to need it first.
        Thread thread = new Thread(null, loop::run, THREAD_NAME, 0, false);
        thread.setContextClassLoader(IoLoop.class.getClassLoader());
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (OutOfMemoryError e) {
            // The system has no thread to give at the moment; the next query tries again.
            loop.selector.close();
            throw new IOException("no thread can be started", e);
        }
        return loop;
    }

    /** Has the thread run this soon. False where the thread has ended or is about to. */
    synchronized boolean offer(Runnable command) {
        if (!ended) {
            commands.add(command);
            selector.wakeup();
        }
        return !ended;
    }

    synchronized void end() {
        ended = true;
        selector.wakeup();
    }

    private synchronized boolean isEnded() {
        return ended;
    }

    Selector selector() {
        return selector;
    }

    private void run() {
        try {
            while (!isEnded()) {
                selector.select();
                // With an interrupt pending, the selector would never wait again.
                Thread.interrupted();
                runCommands();
                List<SelectionKey> ready = new ArrayList<>(selector.selectedKeys());
                selector.selectedKeys().clear();
                ready.forEach(key -> ((Exchange) key.attachment()).ready(key, buffer));
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("The thread for DNS packets failed; the next query starts another", e);
        } finally {
            end();
            closeAll();
        }
    }

    private void runCommands() {
        for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
            command.run();
        }
    }

    private void closeAll() {
        new ArrayList<>(selector.keys()).forEach(key -> ((Exchange) key.attachment()).fail(Exchange.CLOSED));
        try {
            selector.close();
        } catch (IOException e) {
            LOG.debug("closing the selector", e);
        }
        // What was offered last finds the selector closed, and fails.
        runCommands();
    }
}
