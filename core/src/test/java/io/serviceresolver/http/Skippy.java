package io.serviceresolver.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.ServiceHandle;
import io.serviceresolver.ServiceResolver;
import io.serviceresolver.ServiceResolverBuilder;
import io.serviceresolver.ServiceStats;
import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.source.StaticSource;
import io.serviceresolver.testkit.PodServer;
import io.serviceresolver.testkit.PodSocket;
import io.serviceresolver.testkit.VirtualTime;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The service {@code skippy} of the namespace {@code shield}, and a client that calls it. */
final class Skippy implements AutoCloseable {

    static final URI ROOT = URI.create("http://skippy/");

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    final StaticSource source = StaticSource.empty();
    final ServiceResolver resolver;
    final ServiceHttpClient client;

    Skippy(HttpClient.Version version, Endpoint... endpoints) {
        this(client(version), endpoints);
    }

    Skippy(HttpClient wrapped, Endpoint... endpoints) {
        this(wrapped, ServiceHttpOptions.defaults(), endpoints);
    }

    /** Whose calls are made once. */
    Skippy(HttpClient wrapped, ServiceHttpOptions options, Endpoint... endpoints) {
        this(wrapped, options, RetryPolicy.never(), endpoints);
    }

    Skippy(HttpClient wrapped, ServiceHttpOptions options, RetryPolicy retries, Endpoint... endpoints) {
        resolver = resolver(retries).build();
        client = ServiceHttpClient.wrap(wrapped, resolver, options);
        if (endpoints.length > 0) {
            source.set("skippy", endpoints);
            handle().awaitReady(Duration.ofSeconds(30));
        }
    }

    /** On virtual time. */
    Skippy(VirtualTime time, ServiceHttpOptions options, RetryPolicy retries, Endpoint... endpoints) {
        this(time, client(HttpClient.Version.HTTP_1_1), options, retries, endpoints);
    }

    Skippy(
            VirtualTime time,
            HttpClient wrapped,
            ServiceHttpOptions options,
            RetryPolicy retries,
            Endpoint... endpoints) {
        resolver = resolver(retries).time(time::nanoTime, time).build();
        client = ServiceHttpClient.wrap(wrapped, resolver, options);
        if (endpoints.length > 0) {
            source.set("skippy", endpoints);
        } else {
            source.unavailable("skippy", "not yet");
        }
        handle();
        time.runDue();
    }

    private ServiceResolverBuilder resolver(RetryPolicy retries) {
        return ServiceResolver.builder()
                .source(source)
                .cluster(new ClusterContext("shield", "cluster.local"))
                .firstAnswerTimeout(Duration.ofSeconds(30))
                .retries(retries)
                .balancer(Balancers.roundRobin());
    }

    /** Whose calls are made again as a policy says. */
    static Skippy retrying(RetryPolicy policy, HttpClient wrapped, Endpoint... endpoints) {
        return new Skippy(wrapped, ServiceHttpOptions.defaults(), policy, endpoints);
    }

    static HttpClient client(HttpClient.Version version) {
        return HttpClient.newBuilder()
                .version(version)
                .connectTimeout(Duration.ofSeconds(30))
                .build();
    }

    static Skippy at(PodServer... pods) {
        return new Skippy(HttpClient.Version.HTTP_1_1, endpoints(List.of(pods)));
    }

    static Skippy at(PodSocket pod) {
        return new Skippy(HttpClient.Version.HTTP_1_1, Endpoint.of(pod.address(), pod.port()));
    }

    static Endpoint[] endpoints(List<PodServer> pods) {
        return pods.stream()
                .map(pod -> Endpoint.builder(pod.address(), pod.port())
                        .podName(pod.name())
                        .build())
                .toArray(Endpoint[]::new);
    }

    static HttpRequest get() {
        return HttpRequest.newBuilder(ROOT).build();
    }

    static HttpRequest get(String uri) {
        return HttpRequest.newBuilder(URI.create(uri)).build();
    }

    /** The figures of what {@code http://skippy/} means. */
    ServiceStats stats() {
        return handle().stats();
    }

    /** The figures of what {@code skippy} means with this scheme. */
    ServiceStats statsOf(String scheme) {
        return resolver.service(new ServiceName("skippy", "shield", ServicePort.forScheme(scheme)))
                .stats();
    }

    private ServiceHandle handle() {
        return resolver.service(new ServiceName("skippy", "shield", ServicePort.forScheme("http")));
    }

    /** Nothing is in flight, and the calls that ended so far ended so, each once. */
    void assertEnded(Outcome... outcomes) {
        assertThat(stats().inFlight()).isZero();
        for (Outcome outcome : Outcome.values()) {
            long expected = Arrays.stream(outcomes).filter(outcome::equals).count();
            assertThat(stats().completed(outcome)).as(outcome.toString()).isEqualTo(expected);
        }
    }

    /** As {@link #assertEnded}, where another thread is about to end a call, or in the middle of that: it counts first what failed. */
    void awaitEnded(Outcome... outcomes) {
        // In this order: before the first has begun, nothing is in flight either.
        await("calls end", () -> completed() == outcomes.length && stats().inFlight() == 0);
        assertEnded(outcomes);
    }

    /** How many calls have ended. */
    long completed() {
        return Arrays.stream(Outcome.values()).mapToLong(stats()::completed).sum();
    }

    /** What the client's own time-out says of the Pod: on a slow machine there may have been no connection by then. */
    static Outcome late(@Nullable Throwable timeout) {
        assertThat(timeout).isInstanceOf(HttpTimeoutException.class);
        return timeout instanceof HttpConnectTimeoutException ? Outcome.CONNECT_FAILED : Outcome.TIMEOUT;
    }

    /** Waits for what another thread is about to do. */
    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("within 30 s: " + what);
            }
            Thread.onSpinWait();
        }
    }

    /**
     * As {@link #await}, where time has to pass for it: that goes from timer to timer, but over none that is further away than a
     * step. Whoever is to set the one that is waited for may be slow, and must not be late for another one then.
     */
    static void passes(VirtualTime time, Duration step, String what, BooleanSupplier condition) {
        await(what, () -> {
            time.untilNext().filter(next -> next.compareTo(step) <= 0).ifPresent(time::advance);
            return condition.getAsBoolean();
        });
    }

    @Override
    public void close() {
        client.shutdownNow();
        resolver.close();
    }
}
