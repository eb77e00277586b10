package io.serviceresolver.http;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client must not do behind our back, as it knows Pods by their addresses only. */
final class WrappedClient {

    private final @Nullable ProxySelector proxies;

    private WrappedClient(@Nullable ProxySelector proxies) {
        this.proxies = proxies;
    }

    /**
     * Checks a client.
     *
     * @param client the client to wrap
     * @return what is left to check for each call
     * @throws IllegalArgumentException if the client has a setting that it cannot have for calls to services
     */
    static WrappedClient require(HttpClient client) {
        if (client.followRedirects() != Redirect.NEVER) {
            throw refused(
                    "followRedirects: " + client.followRedirects(),
                    "NEVER: the client would follow a Pod to any address, past the balancer");
        }
        if (client.cookieHandler().isPresent()) {
            throw refused("cookieHandler: set", "none: cookies of a Pod would go to the next Pod with its address");
        }
        if (client.authenticator().isPresent()) {
            throw refused(
                    "authenticator: set",
                    "none: credentials for a Pod would go to the next Pod with its address; set Authorization headers");
        }
        return new WrappedClient(client.proxy().orElseGet(ProxySelector::getDefault));
    }

    private static IllegalArgumentException refused(String found, String expected) {
        return new IllegalArgumentException(found + " (expected: " + expected + ")");
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
