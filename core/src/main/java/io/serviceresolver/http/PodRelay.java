package io.serviceresolver.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.http.HttpConnectTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A proxy on loopback that leads to one Pod and nowhere else, for whoever knows the secret. What it copies it does not
 * understand. Where nothing else is said, confined to the thread of the {@link RelayLoop}.
 */
final class PodRelay implements RelayLoop.Member {

    static final String BAD_GATEWAY = "502 Bad Gateway";
    static final String GATEWAY_TIMEOUT = "504 Gateway Timeout";

    /** What the JDK says of an answer to {@code CONNECT} that is not 200. */
    private static final String TUNNEL_FAILED = "Tunnel failed, got: ";

    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final PodRelays relays;
    private final InetSocketAddress pod;
    private final ServerSocketChannel server;
    private final RelayTime time;
    private final InetSocketAddress address;
    private final Set<RelayLoop.Member> open = new HashSet<>();

    /** Calls that are about to be sent, and connections. Guarded by the lock of {@link PodRelays}. */
    private int uses;

    /** Goes up with each use. Guarded by the lock of {@link PodRelays}. */
    private long used;

    /** Why the Pod could not be reached at last. */
    private volatile @Nullable IOException refusal;

    private PodRelay(PodRelays relays, InetSocketAddress pod, ServerSocketChannel server, RelayTime time)
            throws IOException {
        this.relays = relays;
        this.pod = pod;
        this.server = server;
        this.time = time;
        this.address = (InetSocketAddress) server.getLocalAddress();
    }

    /**
     * Listens; on any thread.
     *
     * @param relays looks after it
     * @param pod where it leads
     * @param time its own
     * @throws IOException if the system gives no socket
     */
    static PodRelay listen(PodRelays relays, InetSocketAddress pod, RelayTime time) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.configureBlocking(false);
            server.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0));
            return new PodRelay(relays, pod, server, time);
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    /** Where it listens; on any thread. */
    InetSocketAddress address() {
        return address;
    }

    InetSocketAddress pod() {
        return pod;
    }

    /** One use more; with the lock of {@link PodRelays}. */
    void use() {
        uses++;
        used++;
    }

    /** One use less; with the lock of {@link PodRelays}: whether that was the last. */
    boolean unuse() {
        uses--;
        return uses == 0;
    }

    /** How often it was used, to see later whether it was again; with the lock of {@link PodRelays}. */
    long used() {
        return used;
    }

    /** Whether nobody has used it since; with the lock of {@link PodRelays}. */
    boolean isUnusedSince(long then) {
        return uses == 0 && used == then;
    }

    void register(Selector selector) {
        try {
            server.register(selector, SelectionKey.OP_ACCEPT, this);
        } catch (ClosedChannelException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void ready(SelectionKey key, ByteBuffer buffer) throws IOException {
        SocketChannel client = server.accept();
        if (client != null) {
            accepted(client, key.selector());
        }
    }

    private void accepted(SocketChannel client, Selector selector) {
        try {
            client.configureBlocking(false);
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            SelectionKey key = client.register(selector, SelectionKey.OP_READ);
            relays.begin(this);
            time.connected();
            RelayRequest request = new RelayRequest(this, key);
            key.attach(request);
            open.add(request);
        } catch (IOException gone) {
            close(client);
        }
    }

    /** A request has got its connection to the Pod. */
    void accept(RelayRequest request, SelectionKey client, SelectionKey toPod) {
        RelayTunnel tunnel = new RelayTunnel(this, client, toPod);
        client.attach(tunnel);
        toPod.attach(tunnel);
        open.remove(request);
        open.add(tunnel);
    }

    /** A request or a tunnel is over: closes its connections. Again: no effect. */
    void end(RelayLoop.Member member, SelectionKey client, @Nullable SelectionKey toPod) {
        if (open.remove(member)) {
            close(client.channel());
            if (toPod != null) {
                close(toPod.channel());
            }
            relays.end(this);
        }
    }

    private static void close(Channel channel) {
        try {
            channel.close();
        } catch (IOException closed) {
            // Nobody is to read or write by it any more, whatever that says.
        }
    }

    /** Has the other side see that the connection broke, and not that it ended. */
    static void reset(SelectionKey key) {
        try {
            ((SocketChannel) key.channel()).setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException closed) {
            // It is closed already.
        }
    }

    /** The Pod could not be reached. */
    void refused(IOException failure) {
        refusal = failure;
    }

    /** What the JDK would have said of a failure, had it tried to reach the Pod itself; on any thread. */
    Throwable reason(Throwable failure) {
        String message = failure.getMessage();
        IOException said = null;
        if ((TUNNEL_FAILED + status(BAD_GATEWAY)).equals(message)) {
            IOException refused = refusal;
            said = new ConnectException(refused == null ? null : refused.getMessage());
        } else if ((TUNNEL_FAILED + status(GATEWAY_TIMEOUT)).equals(message)) {
            said = new HttpConnectTimeoutException("HTTP connect timed out");
        }
        return said == null ? failure : said.initCause(failure);
    }

    private static String status(String line) {
        return line.substring(0, line.indexOf(' '));
    }

    String secret() {
        return relays.secret();
    }

    /** Its time; on any thread. */
    RelayTime time() {
        return time;
    }

    /** Completes when a connection to the Pod has taken too long, if it ever does. */
    CompletableFuture<Void> connectTimer() {
        return relays.connectTimeout().map(time::after).orElseGet(CompletableFuture::new);
    }

    void execute(Runnable task) {
        relays.execute(task);
    }

    /** Does not listen any more; on any thread. */
    void stop() {
        close(server);
    }

    /** Closes all that is open. */
    void close() {
        relays.forget(this);
        stop();
        List.copyOf(open).forEach(RelayLoop.Member::fail);
    }

    /** It cannot accept, for want of file descriptors: the next call has another one made. */
    @Override
    public void fail() {
        close();
    }
}
