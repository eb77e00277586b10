package io.serviceresolver.check;

import io.serviceresolver.endpoint.Target;
import io.serviceresolver.text.BadInput;
import io.serviceresolver.text.Durations;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * How endpoints are asked whether they work, and what follows. Immutable; each {@code with} method makes a new check.
 *
 * <p>An endpoint that may be called is asked once in each {@linkplain #withInterval interval}, over a connection of its
 * own, for as long as its service is in use. It is unhealthy after 3 checks in a row that failed, and healthy again after
 * one that passed, where the {@linkplain #withThresholds thresholds} say nothing else; these and the interval and time-out
 * are the defaults of a Kubernetes probe. Until the first answer it counts as healthy, unless it is
 * {@link #initiallyUnhealthy}. An endpoint that was not ready in between starts anew.
 *
 * <p>Endpoints that are unhealthy are not picked, unless less than half of all would be left: then all are used, as it may
 * be the check that is wrong (Envoy's panic threshold). This is besides what calls say of an endpoint
 * ({@link io.serviceresolver.health}): to be picked it must be good by both.
 *
 * <p>Checks begin at random moments, so that those of many clients do not meet. Where there are many endpoints the interval
 * grows: a resolver makes no more than 200 checks a second, of which each service has the same share, and no more at a time
 * than {@link #maxInFlight}.
 */
public final class HealthCheck implements HealthChecks {

    private static final int OK = 200;
    private static final int LAST_REDIRECT = 399;
    private static final Duration MIN_INTERVAL = Duration.ofMillis(100);

    private final Question question;
    private final Duration interval;
    private final Duration timeout;
    private final Thresholds thresholds;

    private HealthCheck(Question question, Duration interval, Duration timeout, Thresholds thresholds) {
        this.question = question;
        this.interval = interval;
        this.timeout = timeout;
        this.thresholds = thresholds;
    }

    private static HealthCheck asking(Protocol protocol) {
        return asking(new NetworkQuestion(Way.PLAIN, protocol));
    }

    private static HealthCheck asking(Question question) {
        return new HealthCheck(question, Duration.ofSeconds(10), Duration.ofSeconds(1), Thresholds.STANDARD);
    }

    /**
     * Asks by a GET request of HTTP/1.1, in cleartext unless {@linkplain #withTls said otherwise}. A status from 200 to 399
     * is good, as it is for a kubelet; redirects are not followed. {@code Host} is the name of the service, such as
     * {@code skippy.shield.svc}.
     *
     * @param path such as {@code /healthz}, with a query if wished
     * @return the check
     * @throws IllegalArgumentException if it is no path
     */
    public static HealthCheck http(String path) {
        return asking(new HttpProtocol(path, OK, LAST_REDIRECT));
    }

    /** Asks for a connection, and with {@linkplain #withTls TLS} for a handshake. */
    public static HealthCheck tcp() {
        return asking(new TcpProtocol());
    }

    /** Asks by the gRPC Health Checking Protocol for the server as a whole: as {@link #grpc(String)} with an empty name. */
    public static HealthCheck grpc() {
        return grpc("");
    }

    /**
     * Asks by the gRPC Health Checking Protocol ({@code grpc.health.v1.Health/Check}). {@code SERVING} is good; all else is
     * not, and neither is a server that does not know the protocol. The authority is the name of the service.
     *
     * @param service the name by which the server knows what is asked for, such as {@code shield.Agents}
     * @return the check
     * @throws IllegalArgumentException if the name is longer than 255 characters, or not printable ASCII
     */
    public static HealthCheck grpc(String service) {
        return asking(new GrpcProtocol(service));
    }

    /**
     * Asks in a way of its own.
     *
     * @param probe asks
     * @return the check
     */
    public static HealthCheck of(Probe probe) {
        return asking(new OwnQuestion(probe));
    }

    /**
     * This check with another time between two questions to an endpoint, 10 seconds by default. Each is up to a tenth
     * longer or shorter at random.
     *
     * @param other 100 ms or more
     * @return the new check
     * @throws IllegalArgumentException if it is shorter
     */
    public HealthCheck withInterval(Duration other) {
        if (other.compareTo(MIN_INTERVAL) < 0) {
            throw BadInput.of("interval", other.toString(), "100 ms or more");
        }
        return new HealthCheck(question, other, timeout, thresholds);
    }

    /**
     * This check with another time that it may take, from the connection to the answer, 1 second by default.
     *
     * @param other more than zero
     * @return the new check
     * @throws IllegalArgumentException if it is zero or negative
     */
    public HealthCheck withTimeout(Duration other) {
        return new HealthCheck(question, interval, Durations.positive("timeout", other), thresholds);
    }

    /**
     * This check with other thresholds.
     *
     * @param unhealthy how many failures in a row make an endpoint unhealthy: 1 or more, 3 by default
     * @param healthy how many passes in a row make it healthy again: 1 or more, 1 by default. The first check of all
     *     decides alone if it passes
     * @return the new check
     * @throws IllegalArgumentException if one of them is less than 1
     */
    public HealthCheck withThresholds(int unhealthy, int healthy) {
        return with(new Thresholds(unhealthy, healthy, thresholds.atFirst()));
    }

    /**
     * This check with endpoints that count as unhealthy until a check of them has passed. The first one comes within a
     * tenth of the interval. While none has passed yet, all are used.
     *
     * @return the new check
     */
    public HealthCheck initiallyUnhealthy() {
        return with(new Thresholds(thresholds.unhealthy(), thresholds.healthy(), Thresholds.AtFirst.UNHEALTHY));
    }

    private HealthCheck with(Thresholds other) {
        return new HealthCheck(question, interval, timeout, other);
    }

    /**
     * This check at another port of the Pods than the one that is called.
     *
     * @param port 1 to 65535, or 0 for the one that is called, the default
     * @return the new check
     * @throws IllegalArgumentException if it is out of range
     * @throws IllegalStateException if a probe of the user's asks, which connects as it likes
     */
    public HealthCheck withPort(int port) {
        NetworkQuestion network = network("port", Integer.toString(port));
        return with(network.over(network.way().withPort(port)));
    }

    /**
     * This check under another name than that of the service: in {@code Host} or {@code :authority}, and in TLS.
     *
     * @param authority a host, with {@code :port} behind it if wished
     * @return the new check
     * @throws IllegalArgumentException if it is none
     * @throws IllegalStateException if a probe of the user's asks, which connects as it likes
     */
    public HealthCheck withAuthority(String authority) {
        NetworkQuestion network = network("authority", authority);
        return with(network.over(network.way().withAuthority(authority)));
    }

    /**
     * This check over TLS. The name of the service, such as {@code skippy.shield.svc}, is told to the server, and its
     * certificate must be for that name; for Pods that were selected without a Service it must be for the address.
     *
     * @param context whom to trust, and what to show
     * @return the new check
     * @throws IllegalStateException if a probe of the user's asks, which connects as it likes
     */
    public HealthCheck withTls(SSLContext context) {
        NetworkQuestion network = network("tls", context.getProtocol());
        return with(network.over(network.way().withTls(context)));
    }

    /**
     * This check with other statuses that are good, 200 to 399 by default.
     *
     * @param first the lowest one: 200 or more
     * @param last the highest one: 599 or less
     * @return the new check
     * @throws IllegalArgumentException if they are out of range
     * @throws IllegalStateException if it does not ask by HTTP
     */
    public HealthCheck withStatuses(int first, int last) {
        NetworkQuestion network = network("statuses", first + " to " + last);
        if (network.protocol() instanceof HttpProtocol http) {
            return with(new NetworkQuestion(network.way(), new HttpProtocol(http.path(), first, last)));
        }
        throw new IllegalStateException("statuses: " + first + " to " + last + " (expected: a check by HTTP)");
    }

    private NetworkQuestion network(String what, String value) {
        if (question instanceof NetworkQuestion network) {
            return network;
        }
        throw new IllegalStateException(what + ": " + value + " (expected: no probe of one's own)");
    }

    private HealthCheck with(Question other) {
        return new HealthCheck(other, interval, timeout, thresholds);
    }

    /** This one, for all services. */
    @Override
    public Optional<HealthCheck> of(Target service) {
        return Optional.of(this);
    }

    Question question() {
        return question;
    }

    Duration interval() {
        return interval;
    }

    Duration timeout() {
        return timeout;
    }

    Thresholds thresholds() {
        return thresholds;
    }

    /** {@code HTTP /healthz every 10000 ms}. */
    @Override
    public String toString() {
        return question.label() + " every " + TimeUnit.MILLISECONDS.convert(interval) + " ms";
    }
}
