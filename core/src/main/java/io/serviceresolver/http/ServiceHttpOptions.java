package io.serviceresolver.http;

import io.serviceresolver.endpoint.ServiceName;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ServiceHttpClient} does that the client it wraps has no setting for. Immutable: each method gives other
 * options.
 */
public final class ServiceHttpOptions {

    private static final ServiceHttpOptions DEFAULTS =
            new ServiceHttpOptions(ServiceHttpOptions::defaultTlsName, null, false);

    private final Function<ServiceName, String> tlsNames;
    private final @Nullable Supplier<SSLContext> sslContexts;
    private final boolean absoluteForm;

    private ServiceHttpOptions(
            Function<ServiceName, String> tlsNames, @Nullable Supplier<SSLContext> sslContexts, boolean absoluteForm) {
        this.tlsNames = tlsNames;
        this.sslContexts = sslContexts;
        this.absoluteForm = absoluteForm;
    }

    /** Each option as its method says. */
    public static ServiceHttpOptions defaults() {
        return DEFAULTS;
    }

    /**
     * The name that the certificate of a service's Pods must be for, which is also the server name of the handshake.
     * Default: {@code skippy.shield.svc} for the service {@code skippy} of the namespace {@code shield}.
     *
     * @param names gives the DNS name for each call, quickly; it cannot disable the check
     * @return the options with these names
     */
    public ServiceHttpOptions tlsNames(Function<ServiceName, String> names) {
        return new ServiceHttpOptions(Objects.requireNonNull(names, "names"), sslContexts, absoluteForm);
    }

    /**
     * Keys and trust for TLS to services, for certificates that are renewed. A context is kept for as long as the supplier
     * gives the same one: with another one, calls go over new connections from then on, and calls that have begun end on
     * the old ones. Default: the wrapped client's context for ever, which also takes renewed certificates if its key and
     * trust managers do.
     *
     * @param contexts gives the context for each call, quickly: not a new one each time
     * @return the options with these contexts
     */
    public ServiceHttpOptions sslContexts(Supplier<SSLContext> contexts) {
        return new ServiceHttpOptions(tlsNames, Objects.requireNonNull(contexts, "contexts"), absoluteForm);
    }

    /**
     * Sends requests without TLS in absolute form, {@code GET http://skippy/orders HTTP/1.1} with {@code Host: skippy}, so
     * that a Pod sees the service as the caller wrote it. An HTTP/1.1 server must accept that (RFC 9112, 3.2.2). Jetty and
     * Tomcat then show the application the path alone, but Netty, Node.js, Undertow's own API and the JDK's server the
     * whole URI in its place: try it with yours. They are always sent as HTTP/1.1,
     * and by a client of the JDK that is made with the wrapped client's connect timeout and executor. Default: they are
     * sent by the wrapped client, and name the Pod.
     */
    public ServiceHttpOptions absoluteForm() {
        return new ServiceHttpOptions(tlsNames, sslContexts, true);
    }

    private static String defaultTlsName(ServiceName service) {
        return service.service() + "." + service.namespace() + ".svc";
    }

    String tlsName(ServiceName service) {
        return tlsNames.apply(service);
    }

    SSLContext sslContext(SSLContext wrapped) {
        return sslContexts == null ? wrapped : sslContexts.get();
    }

    boolean isAbsoluteForm() {
        return absoluteForm;
    }
}
