package io.serviceresolver.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Has a client connect to the Pod that was picked while the request names the service: as if the Pod were a proxy, which
 * the client asks for when it is given the request, on the caller's thread. Thread-safe.
 */
final class PodProxies extends ProxySelector {

    /** Written and read by the thread that gives the client a request. */
    private static final ThreadLocal<@Nullable Proxy> PICKED = new ThreadLocal<>();

    /** Sends by a client that has this selector, to this Pod or the relay that leads to it. */
    <R, E extends Exception> R to(InetSocketAddress pod, Sending<R, E> sending) throws IOException, E {
        Proxy outer = PICKED.get();
        PICKED.set(new Proxy(Proxy.Type.HTTP, pod));
        try {
            return sending.send();
        } finally {
            PICKED.set(outer);
            if (outer == null) {
                PICKED.remove();
            }
        }
    }

    /** Fails where it is asked in any other way, rather than to have the service's name looked up. */
    @Override
    public List<Proxy> select(URI uri) {
        Proxy pod = PICKED.get();
        if (pod == null) {
            throw new IllegalStateException(uri.getHost() + ": no Pod picked for it on this thread");
        }
        return List.of(pod);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // The call says so.
    }

    /** Sends a request. */
    @FunctionalInterface
    interface Sending<R, E extends Exception> {
        R send() throws IOException, E;
    }
}
