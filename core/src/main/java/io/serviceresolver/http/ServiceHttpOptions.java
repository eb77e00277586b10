package io.serviceresolver.http;

import io.serviceresolver.ServiceResolver;
import io.serviceresolver.call.Hedging;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.text.Durations;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ServiceHttpClient} does that the client it wraps has no setting for. Immutable: each method gives other
 * options.
 */
public final class ServiceHttpOptions {

    private static final ServiceHttpOptions DEFAULTS = new ServiceHttpOptions(
            ServiceHttpOptions::defaultTlsName, null, Authority.POD, CallLimits.NONE, null, null);

    private final Function<ServiceName, String> tlsNames;
    private final @Nullable Supplier<SSLContext> sslContexts;
    private final Authority authority;
    private final CallLimits limits;
    private final @Nullable Function<HttpClient.Builder, HttpClient> clients;
    private final @Nullable Supplier<? extends Executor> propagation;

    private ServiceHttpOptions(
            Function<ServiceName, String> tlsNames,
            @Nullable Supplier<SSLContext> sslContexts,
            Authority authority,
            CallLimits limits,
            @Nullable Function<HttpClient.Builder, HttpClient> clients,
            @Nullable Supplier<? extends Executor> propagation) {
        this.tlsNames = tlsNames;
        this.sslContexts = sslContexts;
        this.authority = authority;
        this.limits = limits;
        this.clients = clients;
        this.propagation = propagation;
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
        return new ServiceHttpOptions(
                Objects.requireNonNull(names, "names"), sslContexts, authority, limits, clients, propagation);
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
        return new ServiceHttpOptions(
                tlsNames, Objects.requireNonNull(contexts, "contexts"), authority, limits, clients, propagation);
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
        return new ServiceHttpOptions(tlsNames, sslContexts, Authority.ABSOLUTE_FORM, limits, clients, propagation);
    }

    /**
     * Has a Pod see the service as the caller wrote it, {@code skippy}, in {@code Host} and in HTTP/2's {@code :authority},
     * for servers that refuse other names. Without TLS that is the {@link #absoluteForm}. Over TLS, and for all
     * WebSockets, it takes a relay in this process: the client connects to a port of 127.0.0.1, one for each Pod that is
     * called, and a thread copies what is sent, which stays encrypted between client and Pod. That costs each call a hop
     * over loopback, and two more sockets for each connection; a port is closed when its Pod was not called for a minute
     * and has no connection. Who has not the secret of this client cannot use it; containers of the same Pod share the
     * loopback and can take up the port's connections, but get no further. Default: a Pod sees its own address.
     */
    public ServiceHttpOptions exactAuthority() {
        return new ServiceHttpOptions(tlsNames, sslContexts, Authority.EXACT, limits, clients, propagation);
    }

    /**
     * Makes the clients that send in place of the wrapped one (see {@link ServiceHttpClient}), where that has what no client
     * tells of itself: such as a local address, a priority, or a decoration, as those that add headers, measure or trace.
     *
     * <pre>{@code
     * options.clients(builder -> new TracingClient(builder.priority(1).build()))
     * }</pre>
     *
     * Default: {@code HttpClient.Builder::build}.
     *
     * @param maker is given a builder with all that is known, and gives a new client each time; it must leave proxy, TLS
     *     and redirects as they are. Its clients are shut down when they are not needed any more, on Java 21 and newer
     * @return the options with these clients
     */
    public ServiceHttpOptions clients(Function<HttpClient.Builder, HttpClient> maker) {
        return new ServiceHttpOptions(
                tlsNames, sslContexts, authority, limits, Objects.requireNonNull(maker, "maker"), propagation);
    }

    /**
     * Carries what belongs to the thread of a caller, such as a span or a diagnostic context, to the threads on which its
     * attempts are sent: those of {@code sendAsync} after a wait, hedges and WebSockets, which are begun by threads of this
     * library and of the JDK. It is for what decorates the clients beneath ({@link #clients}). Default: an attempt that waited
     * knows nothing of its caller.
     *
     * <pre>{@code
     * options.contextPropagation(() -> Context.current().wrap(Runnable::run))              // OpenTelemetry
     * options.contextPropagation(() -> snapshots.captureAll().wrapExecutor(Runnable::run)) // Micrometer, a ContextSnapshotFactory
     * }</pre>
     *
     * @param captured is asked on the caller's thread when a call begins, and gives an executor that runs tasks in what is that
     *     thread's now: at once, on the thread that gives the task, from any thread. One that does not fails the call
     * @return the options with this propagation
     */
    public ServiceHttpOptions contextPropagation(Supplier<? extends Executor> captured) {
        return new ServiceHttpOptions(
                tlsNames, sslContexts, authority, limits, clients, Objects.requireNonNull(captured, "captured"));
    }

    /**
     * Limits how long a call may take, from when it is begun to the end of its body, all attempts, waits and redirects
     * included. When that is over, the call fails with a {@link java.net.http.HttpTimeoutException}, or what is left of its body does
     * (a stream with an {@link java.io.IOException} whose cause it is), and its connection is let go. A request's own
     * time-out holds besides. Of a WebSocket it limits the opening. Default: as long as it takes.
     *
     * @param limit more than zero
     * @return the options with this limit
     * @throws IllegalArgumentException if it is not more than zero
     */
    public ServiceHttpOptions callTimeout(Duration limit) {
        return with(limits.withCall(Durations.positive("callTimeout", limit)));
    }

    /**
     * Limits how long each attempt at a call may take, from when its Pod was picked to the end of its body. An attempt that
     * has no answer by then has failed, and the call is made again where that does no harm: always where it had no connection
     * yet, as the client beneath says by an {@link java.net.http.HttpConnectTimeoutException} (one that does not say so within
     * 100 ms is cancelled). One whose body has begun fails as with {@link #callTimeout}, unless it may be asked for again (see
     * {@link ServiceHttpClient}). Default: as long as it takes.
     *
     * @param limit more than zero
     * @return the options with this limit
     * @throws IllegalArgumentException if it is not more than zero
     */
    public ServiceHttpOptions attemptTimeout(Duration limit) {
        return with(limits.withAttempt(Durations.positive("attemptTimeout", limit)));
    }

    /**
     * Has a request's own time-out hold until the end of the body, as in Java 26 and newer, as if it were the
     * {@link #callTimeout} of that request. Default: it holds until the head of the answer, as in Java 25 and older.
     */
    public ServiceHttpOptions timeoutsOfBodies() {
        return with(limits.withTimeouts(CallLimits.Timeouts.BODIES));
    }

    /**
     * Which requests may be sent again, to another Pod, after they may have had an effect: those of which sending them twice
     * is as good as sending them once. A body must besides be one that can be sent again (see {@link ServiceHttpClient}).
     * Default: those whose method is GET, HEAD, PUT, DELETE, OPTIONS or TRACE (RFC 9110, section 9.2.2), and those with an
     * {@code Idempotency-Key} (draft-ietf-httpapi-idempotency-key-header).
     *
     * <pre>{@code
     * options.idempotent(request -> request.method().equals("GET") || request.uri().getPath().equals("/search"))
     * }</pre>
     *
     * @param which is asked for each request, quickly, and decides alone; what it throws, the call fails with
     * @return the options with this decision
     */
    public ServiceHttpOptions idempotent(Predicate<HttpRequest> which) {
        return with(limits.withIdempotent(Objects.requireNonNull(which, "which")));
    }

    /**
     * Sends requests that take long a second time, to another Pod: those that are {@link #idempotent}, with a body that can
     * be sent again or none. The first head that is not 502, 503 or 504 is the answer; the other
     * exchange is cancelled. {@code send} then waits for what {@code sendAsync} does. Default: each is sent once at a time.
     *
     * @param hedging when to send a second time
     * @return the options with this hedging
     */
    public ServiceHttpOptions hedged(Hedging hedging) {
        return with(limits.withHedging(Objects.requireNonNull(hedging, "hedging")));
    }

    private ServiceHttpOptions with(CallLimits changed) {
        return new ServiceHttpOptions(tlsNames, sslContexts, authority, changed, clients, propagation);
    }

    boolean makesClients() {
        return clients != null;
    }

    HttpClient client(HttpClient.Builder builder) {
        return clients == null ? builder.build() : clients.apply(builder);
    }

    /** What belongs to this thread. */
    CallersContext context() {
        return CallersContext.capture(propagation);
    }

    CallLimits limits() {
        return limits;
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
        return authority != Authority.POD;
    }

    /** The relays of a client; null where it has none. */
    @Nullable
    PodRelays relays(HttpClient wrapped, ServiceResolver resolver) {
        return authority == Authority.EXACT ? new PodRelays(resolver, wrapped.connectTimeout()) : null;
    }

    /** What a Pod sees as the name that was called. */
    private enum Authority {
        POD,
        ABSOLUTE_FORM,
        EXACT
    }
}
