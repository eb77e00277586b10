package io.serviceresolver.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The thread on which all relays of a client copy bytes. It is there while a relay is, and is a daemon. Thread-safe.
 */
final class RelayLoop {

    private static final int BUFFER = 64 * 1024;

    /** What others want done on the thread. Guarded by the lock of this object. */
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    /** Null while there is no thread. Guarded by the lock of this object. */
    private @Nullable Selector selector;

    /** Who is looked after. Confined to the thread. */
    private final Set<PodRelay> relays = new HashSet<>();

    /**
     * Looks after a relay from now on, and begins to run if need be.
     *
     * @throws IOException if the system gives no selector
     */
    synchronized void add(PodRelay relay) throws IOException {
        Selector mine = selector;
        if (mine == null) {
            mine = Selector.open();
            selector = mine;
            Selector started = mine;
            Thread thread = new Thread(null, () -> run(started), "service-resolver-relay", 0, false);
            thread.setDaemon(true);
            thread.start();
        }
        Selector registered = mine;
        execute(() -> {
            relays.add(relay);
            relay.register(registered);
        });
    }

    /** Does something on the thread: nothing if there is none, as then there is nothing to do it to. */
    synchronized void execute(Runnable task) {
        if (selector != null) {
            tasks.add(task);
            selector.wakeup();
        }
    }

    /** Looks after a relay no more. To be called on the thread. */
    void remove(PodRelay relay) {
        relays.remove(relay);
    }

    /** Closes all that is open. */
    void closeAll() {
        execute(() -> List.copyOf(relays).forEach(PodRelay::close));
    }

    private void run(Selector mine) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        try (mine) {
            while (!isOver()) {
                mine.select(key -> ready(key, buffer));
                for (Runnable task = next(); task != null; task = next()) {
                    task.run();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized @Nullable Runnable next() {
        return tasks.poll();
    }

    private synchronized boolean isOver() {
        boolean over = tasks.isEmpty() && relays.isEmpty();
        if (over) {
            selector = null;
        }
        return over;
    }

    private static void ready(SelectionKey key, ByteBuffer buffer) {
        Member member = (Member) key.attachment();
        try {
            member.ready(key, buffer);
        } catch (IOException | RuntimeException e) {
            member.fail();
        }
    }

    /** What is attached to the keys of the selector. All on the thread. */
    interface Member {

        /**
         * A channel is ready.
         *
         * @param key whose channel that is
         * @param buffer to be used until this returns
         * @throws IOException as {@link #fail}
         */
        void ready(SelectionKey key, ByteBuffer buffer) throws IOException;

        /** A connection broke: closes the channels. Again: no effect. */
        void fail();
    }
}
