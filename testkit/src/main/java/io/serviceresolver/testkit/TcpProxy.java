package io.serviceresolver.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/**
 * A TCP proxy on a loopback address that can be told to misbehave while connections run through it. It passes bytes
 * on until told otherwise. Thread-safe.
 *
 * <p>It stands behind the kernel: a client's connect succeeds even while {@link Mode#NOT_ACCEPTING}. For a connect
 * that is refused, {@link #close} it; one that is never answered cannot be had on loopback.
 */
public final class TcpProxy implements AutoCloseable {

    private final PodListener listener;
    private final InetSocketAddress target;
    private final ExecutorService threads = PodThreads.pool("proxy");
    private final TcpProxyValve valve = new TcpProxyValve();
    private final Set<TcpProxyLink> links = ConcurrentHashMap.newKeySet();
    private final PodCalls count = new PodCalls();

    private TcpProxy(String address, int port, InetSocketAddress target) {
        this.target = target;
        this.listener = PodListener.start(address, port, this::accepted);
    }

    /** What the proxy does with connections and bytes, those that are there and those to come. */
    public enum Mode {
        /** Passes bytes on, at first those that waited. */
        PASS,
        /** Leaves connections open and bytes where they are, in both directions: nothing is lost. */
        STALL,
        /** Takes bytes from both sides and throws them away: the client's writes succeed, no answer comes. */
        SWALLOW,
        /** Passes bytes on for the connections there are; accepts no further ones. */
        NOT_ACCEPTING
    }

    /**
     * Starts a proxy on 127.0.0.1 and a free port.
     *
     * @param target where to pass bytes on to; it is connected to when a connection is accepted
     * @return a proxy that listens: close it
     */
    public static TcpProxy to(InetSocketAddress target) {
        return listening("127.0.0.1", 0, target);
    }

    /**
     * Starts a proxy.
     *
     * @param address a loopback address to listen on
     * @param port the port to listen on, or 0 for a free one
     * @param target where to pass bytes on to; it is connected to when a connection is accepted
     * @return a proxy that listens: close it
     * @throws java.io.UncheckedIOException if the address cannot be bound
     */
    public static TcpProxy listening(String address, int port, InetSocketAddress target) {
        return new TcpProxy(address, port, target);
    }

    private void accepted(Socket client) throws IOException, InterruptedException {
        try {
            valve.awaitAccepting();
        } catch (InterruptedException e) {
            client.close();
            throw e;
        }
        count.begin();
        threads.execute(() -> link(client));
    }

    private void link(Socket client) {
        try (client;
                Socket server = new Socket()) {
            server.connect(target);
            TcpProxyLink link = new TcpProxyLink(client, server, valve);
            links.add(link);
            threads.execute(link::answers);
            link.requests();
            link.awaitEnd();
            links.remove(link);
        } catch (IOException | RejectedExecutionException | InterruptedException e) {
            count.broken();
        } finally {
            count.end();
            count.finish();
        }
    }

    /**
     * Does something else from now on.
     *
     * @param mode what to do
     * @return this proxy
     */
    public TcpProxy mode(Mode mode) {
        valve.mode(mode);
        return this;
    }

    /** Resets (RST) all connections that there are, on both sides: this proxy. */
    public TcpProxy cut() {
        links.forEach(TcpProxyLink::reset);
        return this;
    }

    /** Ends (FIN) the server's direction of all connections that there are; the client may go on sending: this proxy. */
    public TcpProxy endAnswers() {
        links.forEach(TcpProxyLink::endAnswers);
        return this;
    }

    /** Where to connect to instead of the target. */
    public InetSocketAddress address() {
        return listener.address();
    }

    /** How many connections were accepted. */
    public long accepted() {
        return count.begun();
    }

    /** How many connections are open. */
    public int open() {
        return count.inFlight();
    }

    /** Waits until connections were accepted: how many since the start; fails after 30 seconds. */
    public void awaitAccepted(long connections) {
        count.awaitBegun(connections);
    }

    /** Stops listening, so that a connect is refused, and resets all connections. Again: no effect. */
    @Override
    public void close() {
        listener.close();
        threads.shutdownNow();
        links.forEach(TcpProxyLink::reset);
    }
}
