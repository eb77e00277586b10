package io.serviceresolver.dns;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A query over a TCP connection of its own (RFC 7766), where the answer is too long for UDP. */
final class TcpExchange extends Exchange {

    private static final int PREFIX = 2;

    private final ByteBuffer out;
    private final ByteBuffer length = ByteBuffer.allocate(PREFIX);
    private @Nullable ByteBuffer message;

    TcpExchange(InetSocketAddress server, Query query, Listener listener) {
        super(server, query, listener);
        byte[] packet = query.packet();
        out = ByteBuffer.allocate(PREFIX + packet.length);
        out.putShort((short) packet.length).put(packet).flip();
    }

    @Override
    SelectableChannel open(Selector selector) throws IOException {
        SocketChannel opened = SocketChannel.open();
        try {
            opened.configureBlocking(false);
            boolean connected = opened.connect(server);
            opened.register(selector, connected ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT, this);
        } catch (IOException | RuntimeException e) {
            closeQuietly(opened);
            throw e;
        }
        return opened;
    }

    @Override
    void proceed(SelectionKey key, ByteBuffer buffer) throws IOException {
        SocketChannel connection = (SocketChannel) key.channel();
        if (!connection.finishConnect()) {
            return;
        }
        if (out.hasRemaining()) {
            connection.write(out);
            key.interestOps(out.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        } else {
            read(connection);
        }
    }

    private void read(SocketChannel connection) throws IOException {
        if (message == null && filled(connection, length)) {
            message = ByteBuffer.allocate(Short.toUnsignedInt(length.flip().getShort()));
        }
        if (message != null && filled(connection, message) && !received(message.array())) {
            throw new IOException("what came over TCP is no answer");
        }
    }

    private static boolean filled(SocketChannel connection, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            int read = connection.read(buffer);
            if (read < 0) {
                throw new EOFException("the TCP connection was closed before the end of the answer");
            }
            if (read == 0) {
                return false;
            }
        }
        return true;
    }
}
