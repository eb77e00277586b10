package io.serviceresolver.http;

import io.serviceresolver.NoEndpointsException;
import io.serviceresolver.ServiceHandle;
import io.serviceresolver.ServiceResolver;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.ServiceName;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * An {@link HttpClient} that sends {@code http://skippy/orders/7} to a Pod of the service {@code skippy}, picked anew for
 * each call, and all else as the client that it wraps does. Thread-safe.
 *
 * <p><b>Which hosts are services</b>, in lower or upper case: {@code skippy}; {@code skippy.shield} where the
 * resolver's {@linkplain ServiceResolver#cluster() cluster context} allows the namespace {@code shield}; {@code
 * skippy.shield.svc} and {@code skippy.shield.svc.cluster.local} always. A host that ends like the last two and is no
 * service's name, as that of a single Pod or one with a trailing dot, is refused with an {@link
 * IllegalArgumentException}, as is one with user information before it. {@code localhost}, IP addresses and all other
 * hosts are left alone. A port in the URI is the Service's port; without one the scheme says which is meant ({@link
 * io.serviceresolver.endpoint.ServicePort#forScheme}).
 *
 * <p><b>Each call counts</b> as in flight at its Pod until its body has ended, by whatever end, and its outcome is
 * reported: 5xx as a server error, other statuses as success. As a body that is neither read to its end nor closed
 * keeps its connection, it goes on counting, until a {@link ServiceHttpOptions#callTimeout} ends it. What a Pod pushes
 * does not count. If there is no endpoint, the call fails with a {@link java.net.ConnectException} whose cause is the
 * {@link NoEndpointsException}.
 *
 * <p><b>What is tried again</b>, at a Pod that was not tried yet, and as often as the resolver's {@link
 * io.serviceresolver.call.RetryPolicy} allows: a call that got no connection, no TLS handshake or, in HTTP/2, a stream
 * that the Pod refused, always; one whose connection broke before the head of an answer, or was answered 502, 503 or
 * 504, if it is {@linkplain ServiceHttpOptions#idempotent idempotent}, as GET is and POST is not. A body is sent again if it
 * is of {@code ofString}, {@code ofByteArray} or {@code ofFile}, or if it has at most 64 KiB, which are kept, and all of it
 * was sent. A 503 whose {@code Retry-After} is longer than the policy would wait is the caller's, and so is every
 * answer once its head is, unless its body breaks and nobody has seen anything of it, as with the JDK's {@code
 * ofString}, {@code ofByteArray}, {@code discarding} and {@code replacing}: then the handler is shown the next head
 * too. A request's time-out begins when the first endpoint was picked; further attempts are made, with the time that is
 * left, while no more has gone by since the call began. A call with a handler for pushes is tried again only where it
 * got no connection. Besides, the JDK itself sends a GET or HEAD whose connection closes before the answer once more to
 * the same Pod, one attempt here, unless {@code -Djdk.httpclient.redirects.retrylimit=1}, by which redirects end too.
 *
 * <p><b>Connections</b> are those of a Pod: a call to the next Pod with its address goes by another client of the JDK,
 * made with the settings of the wrapped one. A wrapped client that is not the JDK's own sends all calls without TLS
 * itself, unless {@link ServiceHttpOptions#clients} makes others. Idle connections are closed after {@code
 * jdk.httpclient.keepalive.timeout} seconds, a setting of the JVM: 30, but 1200 on Java 17, which never closes those of
 * HTTP/2.
 *
 * <p><b>What is seen</b>: {@link HttpResponse#uri} and {@link HttpResponse#request} show what the caller wrote, {@link
 * #endpoint(HttpResponse)} the Pod that answered. The Pod sees its own address and port as {@code Host}, or {@code
 * :authority}, and may show them in what it writes, such as a {@code Location}. It sees the service as the caller wrote
 * it with {@link ServiceHttpOptions#exactAuthority}; without TLS, with {@link ServiceHttpOptions#absoluteForm}; and in
 * HTTP/1.1, if the JVM was started with {@code -Djdk.httpclient.allowRestrictedHeaders=host}, but not in the HTTP/1.1
 * request by which a client that prefers HTTP/2 asks for the upgrade.
 *
 * <p><b>TLS</b>: {@code https://skippy/} reaches only a Pod whose certificate is for {@code skippy.shield.svc} (see
 * {@link ServiceHttpOptions#tlsNames}), whichever host of the service was written and whatever address the Pod has; a
 * certificate that is for the address alone is refused, with an {@link javax.net.ssl.SSLHandshakeException}. Nothing
 * turns that off but an {@link javax.net.ssl.X509ExtendedTrustManager} of the wrapped client that itself verifies no
 * names. Keys, trust, {@link SSLParameters}, version, connect timeout, proxies and executor are those of the wrapped
 * client, but the calls are sent by clients of the JDK made for each service: a wrapped client that is not the JDK's
 * own does not see them, and a local address and a priority are not known of it, unless {@link
 * ServiceHttpOptions#clients} adds them. The connections to a service are its own, also where two services share a Pod.
 * A server that checks {@code Host} against the certificate, as Jetty does by default, must be told not to, as it gets
 * the address but for {@link ServiceHttpOptions#exactAuthority}.
 *
 * <p><b>Redirects, cookies and passwords</b> are those of the wrapped client, by the names that callers write and never
 * by the address of a Pod, which is soon another Pod's. A redirect is followed as its {@link Redirect} policy says,
 * within the JDK's limits: to a service, or to the address of the Pod that answered, which means its service, as a call
 * of its own in the time that is left; to another host, in that time too, by a client of the JDK made for that. To another
 * scheme, host or port it takes no header but a few that are harmless, such as {@code Accept}; one that cannot be
 * followed is the caller's, as is one of a client with {@link Redirect#NEVER}. Of a Pod's cookies those are kept that
 * are for the host alone as the caller wrote it. The {@link Authenticator} is asked as the JDK does: for Basic, where
 * the caller set no {@code Authorization}. A wrapped client that does any of this sees none of its calls to services,
 * as they are sent by clients of the JDK made with its other settings. What other hosts answer is its own affair, even
 * a redirect to a service.
 *
 * <p><b>What is refused</b>: a Pod for which the client's {@link ProxySelector}, or the default one, chooses a proxy,
 * with an {@link IOException}.
 */
public final class ServiceHttpClient extends HttpClient {

    private final HttpClient client;
    private final ServiceHosts hosts;
    private final ServiceCalls calls;
    private final ServiceClients made;

    /** Follows answers too where the wrapped client does more than to send requests. */
    private final ServiceSender sender;

    private final WebSocketCalls webSockets;

    private ServiceHttpClient(HttpClient client, ServiceResolver resolver, ServiceHttpOptions options) {
        this.client = client;
        this.hosts = new ServiceHosts(resolver.cluster());
        this.made = new ServiceClients(client, options, options.relays(client, resolver));
        UserAgent agent = UserAgent.of(client, hosts);
        HttpClient sending = agent == null ? client : made.silent();
        this.calls = new ServiceCalls(sending, made, resolver, options);
        this.sender = agent == null ? calls : new FollowedCalls(agent, calls, sending);
        this.webSockets = new WebSocketCalls(sending, made, resolver, options, agent);
    }

    /**
     * Wraps a client. It should have a connect timeout, or a Pod that is gone without a word costs its callers minutes.
     *
     * @param client sends the requests; {@link #close} of the new client closes it
     * @param resolver picks the endpoints; to be closed by its owner, after the client
     * @return a client to use in its place
     */
    public static ServiceHttpClient wrap(HttpClient client, ServiceResolver resolver) {
        return wrap(client, resolver, ServiceHttpOptions.defaults());
    }

    /** As {@link #wrap(HttpClient, ServiceResolver)}, with options. */
    public static ServiceHttpClient wrap(HttpClient client, ServiceResolver resolver, ServiceHttpOptions options) {
        return new ServiceHttpClient(client, resolver, options);
    }

    /**
     * The handle whose endpoints calls to a URI go to, which awaits them, knows their state and explains them. It is another one than that
     * of the name alone, with counts and health of its own, as scheme or port of the URI say which port is meant.
     *
     * @return the handle, or nothing where the host is no service
     */
    public Optional<ServiceHandle> handle(URI uri) {
        return Optional.ofNullable(hosts.find(uri)).map(calls::handle);
    }

    /**
     * The endpoint that a response came from.
     *
     * @param response any response
     * @return the endpoint, or nothing where the request was to no service
     */
    public static Optional<Endpoint> endpoint(HttpResponse<?> response) {
        return response instanceof ServiceResponse<?> served ? served.endpoint() : Optional.empty();
    }

    /**
     * The endpoint that a WebSocket goes to.
     *
     * @param socket any WebSocket
     * @return the endpoint, or nothing where it goes to no service
     */
    public static Optional<Endpoint> endpoint(WebSocket socket) {
        return socket instanceof PodWebSocket served ? Optional.of(served.endpoint()) : Optional.empty();
    }

    /**
     * Sends a request and waits for the response, as {@link HttpClient#send} does.
     *
     * @throws java.net.ConnectException also if the service has no endpoint
     * @throws InterruptedException also if it waits to try again
     * @throws IllegalArgumentException also if the host ends as a service's does but is no service's name
     * @throws IllegalStateException if the resolver is closed
     */
    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        ServiceName service = hosts.find(request.uri());
        return service == null ? client.send(request, handler) : sender.send(service, request, handler);
    }

    /**
     * Sends a request without blocking, as {@link HttpClient#sendAsync(HttpRequest, BodyHandler)} does. What
     * {@link #send} throws, the future fails with, but an {@link IllegalArgumentException} for the host is thrown at
     * once. {@code cancel(true)} on the future, or on one derived from it, ends the exchange, or the wait for the next one, as does whoever completes
     * the future itself: {@code orTimeout} on it, and not on one derived from it, is so reported as a time-out of the Pod.
     * {@code cancel(false)} lets the exchange go on to the end of its body, which is dropped.
     */
    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        ServiceName service = hosts.find(request.uri());
        return service == null ? client.sendAsync(request, handler) : sender.sendAsync(service, request, handler);
    }

    /** As {@link #sendAsync(HttpRequest, BodyHandler)}; the handler for pushes is shown requests to the service. */
    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> pushes) {
        ServiceName service = hosts.find(request.uri());
        if (service == null) {
            return client.sendAsync(request, handler, pushes);
        }
        return sender.sendAsync(service, request, handler, pushes);
    }

    /**
     * As the wrapped client's builder; {@code ws://skippy/} and {@code wss://skippy/} are opened to a Pod that is picked,
     * and at another one where that cannot be, as a GET is tried again. A WebSocket is in flight until the Pod closes it,
     * it fails, or it is aborted; as a body that nobody reads, one whose listener requests no more goes on counting.
     * Cookies and accepted credentials are sent in the opening, but none that it answers with are kept, and it follows
     * no redirect.
     */
    @Override
    public WebSocket.Builder newWebSocketBuilder() {
        return new ServiceWebSockets(client, hosts, webSockets);
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return client.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return client.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return client.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return client.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return client.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return client.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return client.authenticator();
    }

    @Override
    public Version version() {
        return client.version();
    }

    @Override
    public Optional<Executor> executor() {
        return client.executor();
    }

    /** Closes the clients beneath as Java 21 and newer do: waits for their calls. No effect on older JDKs. */
    public void close() {
        made.shutdown();
        NewerJdk.close(client);
        made.close();
    }

    /** Lets the clients beneath take no more calls, on Java 21 and newer. No effect on older JDKs. */
    public void shutdown() {
        made.shutdown();
        NewerJdk.shutdown(client);
    }

    /** Ends the clients beneath and their calls, on Java 21 and newer. No effect on older JDKs. */
    public void shutdownNow() {
        made.shutdownNow();
        NewerJdk.shutdownNow(client);
    }

    /**
     * Waits for the clients beneath to end after {@link #shutdown}, on Java 21 and newer.
     *
     * @param duration how long at most
     * @return whether they have ended; true on older JDKs
     * @throws InterruptedException if the thread is interrupted
     */
    public boolean awaitTermination(Duration duration) throws InterruptedException {
        return made.awaitTermination(client, duration);
    }

    /** Whether the clients beneath have ended, on Java 21 and newer; false on older JDKs. */
    public boolean isTerminated() {
        return NewerJdk.isTerminated(client) && made.isTerminated();
    }

    @Override
    public String toString() {
        return "services by " + client;
    }
}
