package io.serviceresolver.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one address of a Service, where kube-proxy passes each connection, not each call, on to a random Pod. */
final class ClusterIp implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ClusterIp.class);
    private static final int BACKLOG = 128;

    private final ServerSocket listening;
    private final List<InetSocketAddress> pods;
    private final ExecutorService threads = Executors.newCachedThreadPool(DemoThreads.named("kube-proxy"));
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private ClusterIp(ServerSocket listening, List<InetSocketAddress> pods) {
        this.listening = listening;
        this.pods = pods;
    }

    /**
     * Starts to pass connections on.
     *
     * @param pods where to, at least one
     */
    static ClusterIp of(List<InetSocketAddress> pods) {
        try {
            ServerSocket listening = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
            ClusterIp relay = new ClusterIp(listening, List.copyOf(pods));
            relay.threads.execute(relay::accept);
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The variables by which a kubelet tells the containers of a Pod of a Service. */
    Map<String, String> environment(String service) {
        String prefix = service.toUpperCase(Locale.ROOT).replace('-', '_') + "_SERVICE_";
        return Map.of(
                prefix + "HOST", listening.getInetAddress().getHostAddress(),
                prefix + "PORT", Integer.toString(listening.getLocalPort()));
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                connect(listening.accept());
            } catch (IOException | RejectedExecutionException e) {
                log.debug("a connection to the cluster IP was not passed on", e);
            }
        }
    }

    private void connect(Socket client) throws IOException {
        InetSocketAddress pod = pods.get(ThreadLocalRandom.current().nextInt(pods.size()));
        try {
            Socket server = new Socket(pod.getAddress(), pod.getPort());
            open.addAll(List.of(client, server));
            threads.execute(() -> pass(client, server));
            threads.execute(() -> pass(server, client));
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }

    private void pass(Socket from, Socket to) {
        try (from;
                to) {
            from.setTcpNoDelay(true);
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            log.debug("a connection to the cluster IP ended", e);
        } finally {
            open.remove(from);
        }
    }

    /** Stops listening and ends all connections. */
    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            log.debug("the cluster IP was not closed well", e);
        }
        threads.shutdownNow();
    }
}
