package io.serviceresolver.http;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client must not do behind our back: send to a Pod through a proxy. */
final class WrappedClient {

    private final @Nullable ProxySelector proxies;

    private WrappedClient(@Nullable ProxySelector proxies) {
        this.proxies = proxies;
    }

    static WrappedClient of(HttpClient client) {
        return new WrappedClient(client.proxy().orElseGet(ProxySelector::getDefault));
    }

    /** Refuses a call that the client would send by a proxy, as the JDK itself is about to ask. */
    void requireDirect(URI pod) throws IOException {
        List<Proxy> chosen = proxies == null ? List.of() : proxies.select(pod);
        if (!chosen.isEmpty() && chosen.get(0).type() == Proxy.Type.HTTP) {
            throw new IOException("proxy: " + chosen.get(0) + " for the Pod " + pod.getRawAuthority()
                    + " (expected: none; let the client's ProxySelector, or http.nonProxyHosts, leave out Pods)");
        }
    }
}
