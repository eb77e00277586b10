package io.serviceresolver.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * Copies bytes from one connection to another, as fast as that takes them and no faster. Confined to the thread of the
 * {@link RelayLoop}.
 */
final class RelayPipe {

    private final SocketChannel from;
    private final SocketChannel to;

    /** What was read and cannot be written yet; nothing more is read meanwhile. */
    private @Nullable ByteBuffer pending;

    private boolean ended;

    RelayPipe(SocketChannel from, SocketChannel to) {
        this.from = from;
        this.to = to;
    }

    /** Copies some of what there is, and the end after the last of it. */
    void copy(ByteBuffer buffer) throws IOException {
        if (!ended && flushed()) {
            buffer.clear();
            int read = from.read(buffer);
            if (read < 0) {
                ended = true;
                to.shutdownOutput();
            } else if (read > 0) {
                write(buffer.flip());
            }
        }
    }

    private boolean flushed() throws IOException {
        ByteBuffer rest = pending;
        if (rest != null) {
            to.write(rest);
            if (rest.hasRemaining()) {
                return false;
            }
            pending = null;
        }
        return true;
    }

    private void write(ByteBuffer buffer) throws IOException {
        to.write(buffer);
        if (buffer.hasRemaining()) {
            pending = ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
        }
    }

    boolean isEnded() {
        return ended;
    }

    /** What it waits for of the connection that it copies from. */
    int fromInterest() {
        return ended || pending != null ? 0 : SelectionKey.OP_READ;
    }

    /** What it waits for of the connection that it copies to. */
    int toInterest() {
        return pending != null ? SelectionKey.OP_WRITE : 0;
    }
}
