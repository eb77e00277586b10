package io.serviceresolver.http;

import io.serviceresolver.ServiceResolver;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.ServiceName;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The relays of a client: one for each Pod that it calls, made when it is first called. They listen on loopback, and a
 * secret that the client's requests for tunnels bear keeps all others out. A relay that nobody has used for a minute and
 * that has no connection is closed; not sooner, as the JDK keeps connections by the address of the relay, which must
 * lead to no other Pod meanwhile. Thread-safe.
 */
final class PodRelays {

    /** The JDK sends it in the request for a tunnel and never through it, unlike other {@code Proxy-} headers in HTTP/2. */
    static final String HEADER = "Proxy-Authorization";

    /** Any but Basic, which the JDK does not send by default. */
    private static final String SCHEME = "Bearer ";

    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final int SECRET_BYTES = 16;

    private final ServiceResolver resolver;
    private final Optional<Duration> connectTimeout;
    private final String secret = newSecret();
    private final RelayLoop loop = new RelayLoop();

    /** By the address of the Pod. Guarded by the lock of this object. */
    private final Map<InetSocketAddress, PodRelay> relays = new HashMap<>();

    /** Guarded by the lock of this object. */
    private boolean closed;

    /**
     * Makes no relay yet.
     *
     * @param resolver whose time it is
     * @param connectTimeout how long a connection to a Pod may take; empty: as long as the system lets it
     */
    PodRelays(ServiceResolver resolver, Optional<Duration> connectTimeout) {
        this.resolver = resolver;
        this.connectTimeout = connectTimeout;
    }

    private static String newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return SCHEME + HexFormat.of().formatHex(bytes);
    }

    /** The value of {@link #HEADER}. */
    String secret() {
        return secret;
    }

    /**
     * The relay to a Pod, for one call to be sent by who calls {@link #end} after that.
     *
     * @param service whose Pod it is
     * @throws IOException if there can be none
     */
    synchronized PodRelay begin(ServiceName service, Endpoint pod) throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        InetSocketAddress address = pod.socketAddress();
        PodRelay relay = relays.get(address);
        if (relay == null) {
            relay = PodRelay.listen(this, address, new RelayTime(resolver, service));
            try {
                loop.add(relay);
            } catch (IOException e) {
                relay.stop();
                throw e;
            }
            relays.put(address, relay);
        }
        relay.time().calls(service);
        relay.use();
        return relay;
    }

    /** A connection to a relay, which is used until {@link #end}. */
    synchronized void begin(PodRelay relay) {
        relay.use();
    }

    /** A call was answered, or a connection has ended. */
    void end(PodRelay relay) {
        long used;
        synchronized (this) {
            if (!relay.unuse()) {
                return;
            }
            used = relay.used();
        }
        relay.time().after(IDLE).whenComplete((over, failure) -> closeIfUnusedSince(used, relay));
    }

    private synchronized void closeIfUnusedSince(long used, PodRelay relay) {
        // With the lock: nobody gets it any more.
        if (relay.isUnusedSince(used) && relays.remove(relay.pod(), relay)) {
            loop.execute(relay::close);
        }
    }

    /** A relay is closed. */
    void forget(PodRelay relay) {
        synchronized (this) {
            relays.remove(relay.pod(), relay);
        }
        loop.remove(relay);
    }

    /** How long a connection to a Pod may take. */
    Optional<Duration> connectTimeout() {
        return connectTimeout;
    }

    void execute(Runnable task) {
        loop.execute(task);
    }

    /** How many relays there are. */
    synchronized int size() {
        return relays.size();
    }

    /** Closes all, with their connections. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        loop.closeAll();
    }
}
