package io.serviceresolver.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/**
 * A query over UDP, from a port that the system picks at random, connected, so that the system drops what others
 * send. Packets that are no reply to the query are passed over: the reply may be behind them.
 */
final class UdpExchange extends Exchange {

    /** So that a flood for one query leaves time for the others. */
    private static final int PACKETS_AT_ONCE = 64;

    UdpExchange(InetSocketAddress server, Query query, Listener listener) {
        super(server, query, listener);
    }

    @Override
    SelectableChannel open(Selector selector) throws IOException {
        DatagramChannel opened = DatagramChannel.open();
        try {
            opened.configureBlocking(false);
            opened.connect(server);
            opened.register(selector, SelectionKey.OP_READ, this);
            // What the system cannot take now is lost, as a packet can be at any time: the next try follows.
            opened.write(ByteBuffer.wrap(query.packet()));
        } catch (IOException | RuntimeException e) {
            closeQuietly(opened);
            throw e;
        }
        return opened;
    }

    @Override
    void proceed(SelectionKey key, ByteBuffer buffer) throws IOException {
        DatagramChannel socket = (DatagramChannel) key.channel();
        boolean more = true;
        for (int i = 0; more && i < PACKETS_AT_ONCE; i++) {
            more = socket.read(buffer.clear()) > 0 && !received(bytes(buffer.flip()));
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] packet = new byte[buffer.remaining()];
        buffer.get(packet);
        return packet;
    }
}
