package io.serviceresolver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.PodSelection;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.endpoint.Topology;
import io.serviceresolver.selector.LabelSelector;
import io.serviceresolver.source.LocalTopology;
import io.serviceresolver.source.SourceContext;
import io.serviceresolver.source.SourceSubscription;
import io.serviceresolver.testkit.ApiServer;
import io.serviceresolver.testkit.ApiVerb;
import io.serviceresolver.testkit.SliceJson;
import io.serviceresolver.testkit.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A source before an API server, over real sockets and in virtual time. Its scheduler's thread is that of the test. */
final class WatchLab implements AutoCloseable {

    /** As long as answers are held back to be given together. */
    private static final Duration STEP = Duration.ofMillis(20);

    /** One watch for each Service, so that a test knows which request comes next. */
    static final WatchOptions SLICES =
            WatchOptions.DEFAULTS.with(AccessOptions.DEFAULTS.with(AccessOptions.Services.LEFT_ALONE));

    final ApiServer server;
    final VirtualTime time = new VirtualTime();
    final SignallingScheduler scheduler = new SignallingScheduler(time);
    final LocalTopology topology = new LocalTopology(Topology.UNKNOWN);
    final SourceContext context = new SourceContext(
            time::nanoTime,
            scheduler,
            new Random(42),
            new ClusterContext("shield", ClusterContext.DEFAULT_DOMAIN),
            topology);
    final EndpointSliceSource source;
    final List<SourceSubscription> subscriptions = new ArrayList<>();

    /** How many of the things that were handed over the test has waited for, or seen before it did something. */
    private int seen;

    WatchLab() {
        this(ApiServer.start());
    }

    WatchLab(ApiServer server) {
        this(server, SLICES);
    }

    WatchLab(ApiServer server, WatchOptions options) {
        this(server, Transports.ofKubeconfig(kubeconfig(server)), options);
    }

    WatchLab(ApiServer server, ApiTransport.Opener opener, WatchOptions options) {
        this(server, new EndpointSliceSource(opener, options));
    }

    WatchLab(ApiServer server, EndpointSliceSource source) {
        this.server = server;
        this.source = source;
    }

    static Path kubeconfig(ApiServer server) {
        try {
            Path file = Files.createTempFile("kubeconfig", ".yaml");
            file.toFile().deleteOnExit();
            return Files.writeString(file, server.kubeconfig());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A slice of skippy, in the namespace shield, whose only port is http 8080. */
    static SliceJson skippy(String name) {
        return SliceJson.slice(name).namespace("shield").service("skippy").port("http", 8080);
    }

    /** That slice with one ready Pod for each of these addresses. */
    static ObjectNode slice(String name, String... addresses) {
        SliceJson slice = skippy(name);
        for (String address : addresses) {
            slice.pod(address, "pod-" + address);
        }
        return slice.json();
    }

    Follower follow(String name) {
        begin();
        Follower follower = new Follower();
        subscriptions.add(source.subscribe(ServiceName.parse(name, context.cluster()), context, follower));
        time.runDue();
        return follower;
    }

    /** Follows Pods of the namespace shield. */
    Follower select(String selector, ServicePort port) {
        begin();
        Follower follower = new Follower();
        PodSelection pods = new PodSelection("shield", LabelSelector.parse(selector), port);
        subscriptions.add(source.subscribe(pods, context, follower));
        time.runDue();
        return follower;
    }

    /** What was followed last. */
    SourceSubscription newest() {
        return subscriptions.get(subscriptions.size() - 1);
    }

    /** Follows a service and waits until this is the answer. */
    Follower follow(String name, String expected) {
        Follower follower = follow(name);
        until(follower, expected);
        return follower;
    }

    void until(Follower follower, String expected) {
        until(
                () -> "'" + expected + "' after " + follower.all(),
                () -> follower.last().equals(expected));
    }

    void untilSaid(Follower follower, String part) {
        until(
                () -> "'" + part + "' after " + follower.all(),
                () -> follower.last().contains(part));
    }

    /** Runs what other threads hand over, as it comes, until the condition is met; time only creeps on. */
    void until(Supplier<String> what, BooleanSupplier condition) {
        while (true) {
            int count = scheduler.count();
            time.runDue();
            if (condition.getAsBoolean()) {
                return;
            }
            time.advance(STEP);
            if (condition.getAsBoolean()) {
                return;
            }
            await(what, count + 1);
        }
    }

    /** Waits for the next thing that another thread hands over, and runs it: since the source was made to do something. */
    void hear(String what) {
        seen++;
        await(() -> what, seen);
        time.runDue();
    }

    /** Waits until so many things were handed over since the start, and runs them: a list is one, a watch's opening too. */
    void settle(int count) {
        for (int i = 1; i <= count; i++) {
            await(() -> count + " things to be heard of", i);
            time.runDue();
        }
    }

    private void await(Supplier<String> what, int count) {
        try {
            while (scheduler.count() < count) {
                assertThat(scheduler.handedOver.tryAcquire(30, TimeUnit.SECONDS))
                        .as(() -> "waited in vain for " + what.get())
                        .isTrue();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Does something, and waits until the source has heard of it, as of the next thing. */
    void heard(Runnable action) {
        begin();
        action.run();
        hear("what was done to be heard of");
    }

    private void begin() {
        seen = scheduler.count();
        time.runDue();
    }

    /** Lets time pass until the source sends its next request: how long that took. */
    Duration nextRequest() {
        begin();
        long before = source.apiRequests();
        Duration waited = Duration.ZERO;
        while (source.apiRequests() == before) {
            assertThat(waited).as("no request for so long").isLessThan(Duration.ofMinutes(20));
            time.advance(STEP);
            waited = waited.plus(STEP);
        }
        return waited;
    }

    /** Lets time pass from request to request, until the condition is met. */
    void afterRequests(String what, BooleanSupplier condition) {
        for (int i = 0; i < 100 && !condition.getAsBoolean(); i++) {
            nextRequest();
            hear(what);
        }
        assertThat(condition.getAsBoolean()).as(what).isTrue();
    }

    void advance(Duration duration) {
        time.advance(duration);
    }

    /** Follows a service, and waits until the source knows that the server has taken its watch. */
    Follower watch(String name, String expected) {
        Follower follower = follow(name, expected);
        hear("the list");
        hear("the watch to open");
        server.awaitWatches(1);
        return follower;
    }

    /** Lets time pass until the source asks for a watch again, and the server takes it: how long that took. */
    Duration nextWatch() {
        Duration waited = nextRequest();
        hear("the watch to open");
        server.awaitWatches(1);
        return waited;
    }

    long requests(ApiVerb verb) {
        return server.requests(verb).size();
    }

    @Override
    public void close() {
        subscriptions.forEach(SourceSubscription::close);
        time.runDue();
        source.close();
        server.close();
    }
}
