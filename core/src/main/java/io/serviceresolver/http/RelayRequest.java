package io.serviceresolver.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A client that asks for a tunnel ({@code CONNECT}, RFC 9110, section 9.3.6), until it has one or was refused. Confined to
 * the thread of the {@link RelayLoop}.
 */
final class RelayRequest implements RelayLoop.Member {

    private static final int LONGEST_HEAD = 16 * 1024;
    private static final Duration HEAD_TIMEOUT = Duration.ofSeconds(30);
    private static final String END = "\r\n\r\n";
    private static final String ACCEPTED = "HTTP/1.1 200 Connected" + END;

    private final PodRelay relay;
    private final SelectionKey client;
    private final SocketChannel channel;
    private final StringBuilder head = new StringBuilder();

    /** The connection to the Pod; null before it was asked for. */
    private @Nullable SelectionKey pod;

    private CompletableFuture<Void> timer;
    private boolean over;

    RelayRequest(PodRelay relay, SelectionKey client) {
        this.relay = relay;
        this.client = client;
        this.channel = (SocketChannel) client.channel();
        this.timer = relay.time().after(HEAD_TIMEOUT);
        timer.thenRun(() -> relay.execute(this::fail));
    }

    @Override
    public void ready(SelectionKey key, ByteBuffer buffer) throws IOException {
        if (key.equals(pod)) {
            connected(key);
            return;
        }
        buffer.clear();
        int read = channel.read(buffer);
        if (read < 0) {
            throw new EOFException("no request");
        }
        head.append(ISO_8859_1.decode(buffer.flip()));
        int end = head.indexOf(END);
        if (end >= 0 && end + END.length() == head.length() && pod == null) {
            requested();
        } else if (end >= 0 || head.length() > LONGEST_HEAD) {
            throw new IOException("not a request for a tunnel");
        }
    }

    private void requested() throws IOException {
        timer.cancel(false);
        if (!head.toString().startsWith("CONNECT ") || !isOurs()) {
            refuse("403 Forbidden");
            return;
        }
        SocketChannel connecting = SocketChannel.open();
        try {
            connecting.configureBlocking(false);
            connecting.setOption(StandardSocketOptions.TCP_NODELAY, true);
            SelectionKey key = connecting.register(client.selector(), SelectionKey.OP_CONNECT, this);
            pod = key;
            timer = relay.connectTimer();
            timer.thenRun(() -> relay.execute(this::late));
            if (connecting.connect(relay.pod())) {
                connected(key);
            }
        } catch (IOException e) {
            connecting.close();
            relay.refused(e);
            refuse(PodRelay.BAD_GATEWAY);
        }
    }

    /** Whether it knows what only our own clients do. */
    private boolean isOurs() {
        byte[] expected = relay.secret().getBytes(ISO_8859_1);
        String name = PodRelays.HEADER + ": ";
        return head.toString()
                .lines()
                .filter(line -> line.startsWith(name))
                .anyMatch(line ->
                        MessageDigest.isEqual(line.substring(name.length()).getBytes(ISO_8859_1), expected));
    }

    private void connected(SelectionKey key) throws IOException {
        try {
            if (!((SocketChannel) key.channel()).finishConnect()) {
                return;
            }
        } catch (IOException e) {
            relay.refused(e);
            refuse(PodRelay.BAD_GATEWAY);
            return;
        }
        timer.cancel(false);
        answer(ACCEPTED);
        over = true;
        relay.accept(this, client, key);
    }

    private void late() {
        if (!over) {
            try {
                refuse(PodRelay.GATEWAY_TIMEOUT);
            } catch (IOException e) {
                fail();
            }
        }
    }

    private void refuse(String status) throws IOException {
        answer("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close" + END);
        end();
    }

    /** So little fits into the buffer of a connection on which nothing was sent yet. */
    private void answer(String text) throws IOException {
        ByteBuffer bytes = ISO_8859_1.encode(text);
        channel.write(bytes);
        if (bytes.hasRemaining()) {
            throw new IOException("no room for an answer");
        }
    }

    private void end() {
        over = true;
        timer.cancel(false);
        relay.end(this, client, pod);
    }

    @Override
    public void fail() {
        if (!over) {
            end();
        }
    }
}
