package io.serviceresolver.http;

import io.serviceresolver.endpoint.ServiceName;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The clients that are made besides the wrapped one, with its settings. Those that speak TLS are others for each name to
 * be verified: a client uses a connection again for whatever goes to the same address, which may belong to another
 * service. A client that is let go ends by itself, once its calls have ended. Thread-safe.
 */
final class ServiceClients {

    /** Each has a thread and its connections, so that there is a bound; beyond it, the one not used for longest goes. */
    private static final int LIMIT = 64;

    /** Where the classes of the JDK's own clients are: what such a client does is known. */
    private static final String OWN_OF_THE_JDK = "jdk.internal.net.http.";

    private static final float LOAD_FACTOR = 0.75f;

    private final HttpClient settings;
    private final ServiceHttpOptions options;
    private final @Nullable PodRelays relays;
    private final PodProxies pods = new PodProxies();

    /** Those that speak TLS, by name, the one used last at the end. Guarded by the lock of this object. */
    private final Map<String, Generation> current = new LinkedHashMap<>(LIMIT, LOAD_FACTOR, true);

    /** Those that speak without TLS, once somebody has asked. Guarded by the lock of this object. */
    private @Nullable PodClients plain;

    /** All that may still have calls. Guarded by the lock of this object. */
    private final Set<HttpClient> all = Collections.newSetFromMap(new WeakHashMap<>());

    /** Whether no more calls are taken. Guarded by the lock of this object. */
    private boolean shutdown;

    /**
     * Makes no client yet.
     *
     * @param settings the client whose settings they get
     * @param options what is set besides
     * @param relays lead those that speak TLS to the Pods; null: they get there by themselves
     */
    ServiceClients(HttpClient settings, ServiceHttpOptions options, @Nullable PodRelays relays) {
        this.settings = settings;
        this.options = options;
        this.relays = relays;
    }

    /**
     * The client for calls to a service over TLS.
     *
     * @param service the service
     * @return a client that sends nothing unless the other side proves to be that service
     * @throws IllegalArgumentException if the service was given a name that no certificate can be for
     */
    PodClients tls(ServiceName service) {
        String name = options.tlsName(service);
        SSLContext context = options.sslContext(settings.sslContext());
        Generation now;
        Generation unused = null;
        synchronized (this) {
            now = current.get(name);
            if (now != null && now.context == context) {
                return now.clients;
            }
            SNIHostName verified = new SNIHostName(name);
            now = new Generation(context, PodClients.made(() -> client(verified, context)));
            unused = current.put(name, now);
            if (current.size() > LIMIT) {
                unused = current.remove(current.keySet().iterator().next());
            }
        }
        if (unused != null) {
            unused.clients.retire();
        }
        return now.clients;
    }

    private HttpClient client(SNIHostName name, SSLContext context) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(settings.version())
                .sslContext(new NamedSslContext(context, name))
                .sslParameters(settings.sslParameters());
        return built(relays == null ? proxied(builder) : builder.proxy(pods));
    }

    /** Leads the clients that speak TLS, and all WebSockets; null where there is none. */
    @Nullable
    PodRelays relays() {
        return relays;
    }

    /** Tells the clients that are led where to connect to. */
    PodProxies pods() {
        return pods;
    }

    /**
     * The clients for calls without TLS: one that is there, while that is as good as one that is made.
     *
     * @param first the wrapped client, or one that was made in its place
     */
    synchronized PodClients plain(HttpClient first) {
        PodClients known = plain;
        if (known == null) {
            boolean ownOfTheJdk = first.getClass().getName().startsWith(OWN_OF_THE_JDK);
            known = ownOfTheJdk || options.makesClients()
                    ? PodClients.with(
                            first, () -> built(proxied(HttpClient.newBuilder().version(settings.version()))))
                    : PodClients.only(first);
            plain = known;
        }
        return known;
    }

    /** New clients for calls without TLS that are told where to connect to. */
    PodClients absolute() {
        return PodClients.made(
                () -> built(HttpClient.newBuilder().version(Version.HTTP_1_1).proxy(pods)));
    }

    private HttpClient.Builder proxied(HttpClient.Builder builder) {
        settings.proxy().ifPresent(builder::proxy);
        return builder;
    }

    /** A new client with all settings, but one that follows nothing, keeps no cookies and asks for no credentials. */
    HttpClient silent() {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(settings.version())
                .sslContext(settings.sslContext())
                .sslParameters(settings.sslParameters());
        return built(proxied(builder));
    }

    private synchronized HttpClient built(HttpClient.Builder builder) {
        settings.connectTimeout().ifPresent(builder::connectTimeout);
        settings.executor().ifPresent(builder::executor);
        HttpClient client = options.client(builder);
        all.add(client);
        if (shutdown) {
            NewerJdk.shutdown(client);
        }
        return client;
    }

    private synchronized List<HttpClient> shut() {
        shutdown = true;
        return new ArrayList<>(all);
    }

    private void forEach(Consumer<HttpClient> action) {
        shut().forEach(action);
    }

    void shutdown() {
        forEach(NewerJdk::shutdown);
    }

    void shutdownNow() {
        forEach(NewerJdk::shutdownNow);
        closeRelays();
    }

    void close() {
        shutdown();
        forEach(NewerJdk::close);
        closeRelays();
    }

    /** On older JDKs clients go on as they are, and relays are closed when nobody uses them any more. */
    private void closeRelays() {
        if (relays != null && NewerJdk.CLOSES) {
            relays.close();
        }
    }

    boolean isTerminated() {
        return open().stream().allMatch(NewerJdk::isTerminated);
    }

    /** Waits for all that were made, and one besides. */
    boolean awaitTermination(HttpClient besides, Duration limit) throws InterruptedException {
        List<HttpClient> clients = open();
        clients.add(besides);
        return Termination.await(clients, limit);
    }

    private synchronized List<HttpClient> open() {
        return new ArrayList<>(all);
    }

    /** Clients, and the context that they are made with. */
    private record Generation(SSLContext context, PodClients clients) {}
}
