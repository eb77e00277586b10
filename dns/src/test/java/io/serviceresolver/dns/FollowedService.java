package io.serviceresolver.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.Topology;
import io.serviceresolver.source.LocalTopology;
import io.serviceresolver.source.SourceAnswer;
import io.serviceresolver.source.SourceContext;
import io.serviceresolver.source.Subscription;
import io.serviceresolver.testkit.DnsServer;
import io.serviceresolver.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/**
 * A service followed by a {@link DnsSource} over real packets, in virtual time: time stands still while packets are on
 * their way, so no time-out fires unless the test moves it. Random numbers are all 0.5, which means no jitter.
 */
final class FollowedService implements AutoCloseable {

    static final ClusterContext CLUSTER = new ClusterContext("shield", "cluster.local");
    private static final RandomGenerator HALF = () -> Long.MIN_VALUE;

    final VirtualTime time = new VirtualTime();
    final SignallingScheduler scheduler = new SignallingScheduler(time);
    private final DnsSource source;
    private final Subscription subscription;
    private final Queue<SourceAnswer> answers = new ArrayDeque<>();

    FollowedService(DnsSource source, String name) {
        this(source, ServiceName.parse(name, CLUSTER), HALF);
    }

    FollowedService(DnsSource source, ServiceName name, RandomGenerator random) {
        this(source, name, random, Topology.UNKNOWN);
    }

    /** On a host with these addresses. */
    FollowedService(DnsSource source, String name, Set<String> ours) {
        this(source, ServiceName.parse(name, CLUSTER), HALF, new Topology(null, null, ours));
    }

    private FollowedService(DnsSource source, ServiceName name, RandomGenerator random, Topology here) {
        this.source = source;
        SourceContext context = new SourceContext(time::nanoTime, scheduler, random, CLUSTER, new LocalTopology(here));
        this.subscription = source.subscribe(name, context, answers::add);
        assertThat(answers).as("answers before subscribe() returned").isEmpty();
        time.runDue();
    }

    static DnsSource source(DnsServer... servers) {
        return sourceBuilder(servers).build();
    }

    static DnsSourceBuilder sourceBuilder(DnsServer... servers) {
        DnsSourceBuilder builder = DnsSource.builder();
        for (DnsServer server : servers) {
            builder.nameserver(server.address());
        }
        return builder;
    }

    /** The next answer, for which time does not move. */
    SourceAnswer next() {
        scheduler.runUntil("an answer", () -> !answers.isEmpty());
        return answers.remove();
    }

    EndpointSet nextSet() {
        SourceAnswer answer = next();
        assertThat(answer).isInstanceOf(SourceAnswer.Found.class);
        return ((SourceAnswer.Found) answer).endpoints();
    }

    /** The next answer, which must be a set: its endpoints as {@code 10.0.0.1:8080}. */
    List<String> nextEndpoints() {
        return nextSet().endpoints().stream().map(Endpoint::authority).toList();
    }

    String nextUnavailable() {
        SourceAnswer answer = next();
        assertThat(answer).isInstanceOf(SourceAnswer.Unavailable.class);
        return ((SourceAnswer.Unavailable) answer).reason();
    }

    String nextAbsent() {
        SourceAnswer answer = next();
        assertThat(answer).isInstanceOf(SourceAnswer.Absent.class);
        return ((SourceAnswer.Absent) answer).reason();
    }

    /** Waits until the refresh is over, so that only the timer of the next one is left, and expects no answer. */
    void settleSilently() {
        scheduler.runUntil("the end of a refresh", () -> time.pending() == 1);
        assertThat(answers).isEmpty();
    }

    /** Waits until the server has received so many queries in all, running what is due meanwhile. */
    void awaitQueries(DnsServer server, int count) {
        CompletableFuture<?> received = new CompletableFuture<>();
        Thread waiter = new Thread(() -> {
            server.awaitQueries(count);
            // The last that it has run: nothing of it is left when the wait is over.
            scheduler.execute(() -> received.complete(null));
        });
        waiter.setDaemon(true);
        waiter.start();
        scheduler.runUntil(count + " queries", received::isDone);
    }

    void expectNoAnswer() {
        assertThat(answers).isEmpty();
    }

    FollowedService advance(Duration duration) {
        time.advance(duration);
        return this;
    }

    FollowedService advanceSeconds(long seconds) {
        return advance(Duration.ofSeconds(seconds));
    }

    FollowedService advanceMillis(long millis) {
        return advance(Duration.ofMillis(millis));
    }

    void unsubscribe() {
        subscription.close();
        time.runDue();
    }

    @Override
    public void close() {
        unsubscribe();
        source.close();
    }
}
