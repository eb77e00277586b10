package io.serviceresolver.examples;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.serviceresolver.ServiceResolver;
import io.serviceresolver.ServiceResolverBuilder;
import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.endpoint.AddressPolicy;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.k8s.EndpointSliceSource;
import io.serviceresolver.k8s.Route;
import io.serviceresolver.source.EndpointSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the scenes share: the cluster, the clients that call it, and what was counted. Confined to one thread. */
final class Stage implements AutoCloseable {

    /** The service that the scenes call. */
    static final String SERVICE = "skippy";

    private static final int THREADS = 4;
    private static final int BRIEF = 4;

    /** So soon a client calls what it knows stale, once its watch is broken; 5 seconds unless told otherwise. */
    private static final Duration DISCONNECT_GRACE = Duration.ofSeconds(1);

    private final Console console;
    private final DemoSettings settings;
    private final EmbeddedCluster cluster;
    private final Totals totals = new Totals();
    private final ScheduledExecutorService timer =
            Executors.newScheduledThreadPool(THREADS, DemoThreads.named("demo-timer"));
    private final ExecutorService http = Executors.newCachedThreadPool(DemoThreads.named("demo-http"));
    private final Deque<Runnable> closing = new ArrayDeque<>();

    /** Made when it is asked for first. */
    private @Nullable Client main;

    Stage(Console console, DemoSettings settings, PodAddresses addresses) {
        this.console = console;
        this.settings = settings;
        this.cluster = EmbeddedCluster.start(addresses, settings.podLatency());
    }

    Console console() {
        return console;
    }

    DemoSettings settings() {
        return settings;
    }

    EmbeddedCluster cluster() {
        return cluster;
    }

    Totals totals() {
        return totals;
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    /** A watch on the cluster's API server. */
    EndpointSource watch() {
        KubernetesClient client = cluster.newClient();
        atEnd(client::close);
        return EndpointSliceSource.builder()
                .client(client)
                .route(Route.POD)
                .disconnectGrace(DISCONNECT_GRACE)
                .build();
    }

    /** A resolver for the cluster: as any program has it, but that Pods on the loopback network may be called. */
    ServiceResolverBuilder resolver(EndpointSource source) {
        return ServiceResolver.builder()
                .source(source)
                .cluster(new ClusterContext(EmbeddedCluster.NAMESPACE, ClusterContext.DEFAULT_DOMAIN))
                .addresses(AddressPolicy.standard().permitLoopback());
    }

    /** A client of a service, which is closed when the demo ends. */
    Client open(ServiceResolverBuilder resolver, String service) {
        Client client = Client.of(resolver, service, http);
        atEnd(client::close);
        return client;
    }

    /** The client of the service that several scenes use: it watches, and balances by round robin. */
    Client mainClient() {
        if (main == null) {
            main = open(resolver(watch()).balancer(Balancers.roundRobin()), SERVICE);
        }
        return main;
    }

    /** Has something closed when the demo ends. */
    void atEnd(Runnable close) {
        closing.push(close);
    }

    /** Starts to call without an end. */
    Load startLoad(Client client) {
        return Load.start(client, Long.MAX_VALUE, settings.pace(), timer);
    }

    /** Waits until some more calls have ended. */
    void awaitMoreCalls(Load load, long calls) {
        long enough = load.soFar().calls() + calls;
        Await.until(timer, enough + " calls have ended", () -> load.soFar().calls() >= enough);
    }

    /** Makes fewer calls than a scene does, and shows nothing. */
    LoadReport callBriefly(Client client) {
        LoadReport report = Load.start(client, settings.calls() / BRIEF, settings.pace(), timer)
                .await();
        totals.add(report);
        return report;
    }

    /** Makes the calls of one scene, and shows each second how many each Pod answered in it. */
    LoadReport call(Client client) {
        Load load = Load.start(client, settings.calls(), settings.pace(), timer);
        Future<?> rows = everySecond(new PodRows(console, load, podNames()));
        try {
            LoadReport report = load.await();
            totals.add(report);
            return report;
        } finally {
            rows.cancel(false);
        }
    }

    /** Draws a bar for each Pod there is, whether it answered calls or not. */
    void showBars(LoadReport report) {
        Map<String, Long> answered = new TreeMap<>(report.perPod());
        podNames().forEach(pod -> answered.putIfAbsent(pod, 0L));
        console.bars().of(answered).forEach(line -> console.line("%s", line));
    }

    /** Does something each second: to be cancelled. */
    Future<?> everySecond(Runnable task) {
        return timer.scheduleAtFixedRate(task, 1, 1, TimeUnit.SECONDS);
    }

    private List<String> podNames() {
        return cluster.pods().stream().map(RunningPod::name).toList();
    }

    @Override
    public void close() {
        while (!closing.isEmpty()) {
            closing.pop().run();
        }
        cluster.close();
        timer.shutdownNow();
        http.shutdownNow();
    }
}
