package io.serviceresolver.dns;

import io.serviceresolver.text.Printable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Message;

/**
 * One query on its way to one server over a socket of its own, which is freed with it. Belongs to the thread of its
 * {@link IoLoop}; {@link #cancel} and {@link #ignored} may be called by any.
 */
abstract class Exchange {

    static final String CLOSED = "the DNS source was closed";

    final InetSocketAddress server;
    final Query query;
    private final Listener listener;

    /** Written by the starting thread, before the exchange can be seen by others. */
    private volatile @Nullable IoLoop loop;

    /** Written by the thread of the loop. */
    private @Nullable SelectableChannel channel;

    private boolean finished;

    /** What was received and is no reply; written by the thread of the loop. */
    private volatile Ignored ignored = new Ignored(0, "");

    private record Ignored(int count, String last) {}

    /** Takes what comes of an exchange: one call at most, by the thread of the loop. Must not block. */
    interface Listener {

        void onReply(Message reply);

        void onFailure(String reason);
    }

    Exchange(InetSocketAddress server, Query query, Listener listener) {
        this.server = server;
        this.query = query;
        this.listener = listener;
    }

    /** Opens a non-blocking channel, registers it with this as its attachment, and sends what can be sent. */
    abstract SelectableChannel open(Selector selector) throws IOException;

    /** Goes on with what the channel of the key is ready for, with the help of a buffer that has room for any packet. */
    abstract void proceed(SelectionKey key, ByteBuffer buffer) throws IOException;

    boolean startOn(IoLoop on) {
        loop = on;
        return on.offer(() -> guarded(() -> channel = open(on.selector())));
    }

    /** Frees the socket. The listener hears nothing more, but for a call already under way. */
    void cancel() {
        IoLoop on = loop;
        if (on != null) {
            on.offer(this::finish);
        }
    }

    void ready(SelectionKey key, ByteBuffer buffer) {
        guarded(() -> proceed(key, buffer));
    }

    private void guarded(Step step) {
        if (finished) {
            return;
        }
        try {
            step.run();
        } catch (PortUnreachableException e) {
            fail("nothing listens there");
        } catch (IOException | RuntimeException e) {
            fail(describe(e));
        }
    }

    /** What an exchange does that may fail. */
    private interface Step {
        void run() throws IOException;
    }

    /** Takes a packet for what it is, and tells whether it was the reply. */
    final boolean received(byte[] packet) {
        Query.Match match = query.match(packet);
        if (match.reply() == null) {
            ignored = new Ignored(ignored.count + 1, match.problem());
            return false;
        }
        if (finish()) {
            listener.onReply(match.reply());
        }
        return true;
    }

    final void fail(String reason) {
        if (finish()) {
            listener.onFailure(reason);
        }
    }

    private boolean finish() {
        boolean first = !finished;
        finished = true;
        if (channel != null) {
            closeQuietly(channel);
        }
        return first;
    }

    static void closeQuietly(SelectableChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // The socket is gone all the same.
            return;
        }
    }

    /** What was received besides a reply, for an error message; empty where there was nothing. */
    String ignored() {
        Ignored seen = ignored;
        return seen.count == 0 ? "" : " (ignored packets: " + seen.count + ", the last with " + seen.last + ")";
    }

    static String describe(Exception e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : Printable.of(message);
    }
}
