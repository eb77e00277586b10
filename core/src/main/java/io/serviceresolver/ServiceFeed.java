package io.serviceresolver;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.serviceresolver.ServiceState.Status;
import io.serviceresolver.balancer.BalancerContext;
import io.serviceresolver.balancer.Picker;
import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.endpoint.Target;
import io.serviceresolver.selector.LabelSelector;
import io.serviceresolver.source.SourceContext;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One service that is followed: its sources, its hosts, and the handles that pick from them. All changes are made on the
 * event loop; other threads read the volatile fields.
 */
final class ServiceFeed {

    private static final Logger log = LoggerFactory.getLogger(ServiceFeed.class);

    private final Target name;
    private final ResolverConfig config;
    private final SourceContext context;
    private final Executor callbacks;
    private final ServiceRegistry registry;

    private final SourceChain chain;
    private final Ledger ledger;
    private final HostTable table;
    private final RetryBudget retries;
    private final ServiceView root;
    private final Cache<LabelSelector, ServiceView> subsets =
            Caffeine.newBuilder().weakValues().executor(Runnable::run).build();

    /** The parts that somebody listens to, whether or not they hold the handle. Event loop only. */
    private final Set<ServiceView> listening = new HashSet<>();

    /** Under which names the registry holds this feed. Event loop only. */
    private final Set<String> keys = new HashSet<>();

    /** Whether the sources are asked. Event loop only. */
    private boolean active;

    /** Counts activations. Event loop only. */
    private int activation;

    private boolean closed;

    /** What was last published. Written by the event loop when the handles have their pickers for it. */
    private volatile FeedState state;

    /** Whether the time for a first answer is over. Written by the event loop. */
    private volatile boolean patienceOver;

    /** All hosts where calls may be in flight. Written by the event loop. */
    private volatile List<Host> hosts = List.of();

    ServiceFeed(
            Target name, ResolverConfig config, SourceContext context, Executor callbacks, ServiceRegistry registry) {
        this.name = name;
        this.config = config;
        this.context = context;
        this.callbacks = callbacks;
        this.registry = registry;
        this.ledger = new Ledger(context.ticker());
        this.table = new HostTable(ledger);
        this.chain = new SourceChain(name, config, context, this::publish);
        this.retries = new RetryBudget(config.retries());
        this.state = FeedState.of(chain);
        this.root = newView(LabelSelector.everything());
    }

    private ServiceView newView(LabelSelector selector) {
        return new ServiceView(
                this, selector, config.balancer().create(new BalancerContext(context.random(), context.ticker())));
    }

    Target name() {
        return name;
    }

    ServiceView root() {
        return root;
    }

    OutcomeCounters outcomes() {
        return ledger.outcomes();
    }

    RetryBudget retries() {
        return retries;
    }

    RetryPolicy retryPolicy() {
        return config.retries();
    }

    RandomGenerator random() {
        return context.random();
    }

    long now() {
        return context.ticker().getAsLong();
    }

    /** Runs a task on the executor for callbacks, some time later: cancels it. */
    Future<?> later(Duration wait, Runnable task) {
        try {
            return context.scheduler().schedule(() -> callbacks.execute(task), wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            throw closed(name);
        }
    }

    Executor callbacks() {
        return callbacks;
    }

    Duration firstAnswerTimeout() {
        return config.firstAnswerTimeout();
    }

    ServiceState state(ServiceView view) {
        FeedState now = state;
        return now.at(context.ticker().getAsLong(), view.pickableCount());
    }

    int inFlight() {
        return hosts.stream().mapToInt(Host::inFlight).sum();
    }

    /** Whether there is no point in waiting for something to pick. */
    boolean failsFast(ServiceView view) {
        // The state is written after the pickers: to be read before them.
        return view.isCurrent() && (patienceOver || state.status(0) == Status.EMPTY) && view.picker() == null;
    }

    /** The part of the service with certain labels: the same object for as long as anyone holds it. */
    ServiceView view(LabelSelector selector) {
        if (selector.isEverything()) {
            return root;
        }
        return subsets.get(selector, key -> {
            ServiceView made = newView(key);
            // Its first update is the first thing that the event loop does with it.
            execute(() -> begin(made));
            return made;
        });
    }

    /**
     * Runs a task on the event loop.
     *
     * @throws IllegalStateException if the resolver is closed
     */
    void execute(Runnable task) {
        try {
            context.scheduler().execute(task);
        } catch (RejectedExecutionException e) {
            throw closed(name);
        }
    }

    // All below runs on the event loop.

    void retained(String key) {
        keys.add(key);
        activate();
    }

    void released(String key) {
        keys.remove(key);
        if (keys.isEmpty()) {
            suspend();
        }
    }

    void listening(ServiceView view) {
        if (view.hasListeners()) {
            listening.add(view);
            activate();
        } else {
            listening.remove(view);
        }
    }

    Set<String> keys() {
        return keys;
    }

    /** Whether any handle of this service was used since this was last asked. */
    boolean takeUsed() {
        return views().map(ServiceView::takeUsed).reduce(false, Boolean::logicalOr);
    }

    void activate() {
        if (active || closed) {
            return;
        }
        active = true;
        log.debug("{}: followed", name);
        chain.start();
        int current = ++activation;
        Runnable endPatience = () -> {
            patienceOver |= current == activation;
        };
        context.scheduler().schedule(endPatience, config.firstAnswerTimeout().toNanos(), TimeUnit.NANOSECONDS);
        registry.followed(this);
    }

    private void suspend() {
        if (!active) {
            return;
        }
        active = false;
        activation++;
        patienceOver = false;
        chain.stop();
        publish();
        log.debug("{}: no longer followed", name);
        registry.dropped(this);
    }

    void close() {
        closed = true;
        suspend();
        views().forEach(view -> view.waiters().failAll(closed(name)));
    }

    static IllegalStateException closed(Target name) {
        return new IllegalStateException(name + ": the resolver is closed");
    }

    void await(ServiceView view, Waiter waiter, Duration timeout) {
        if (closed) {
            waiter.future().completeExceptionally(closed(name));
            return;
        }
        activate();
        view.waiters().add(waiter);
        Runnable giveUp = () -> view.waiters().fail(waiter, view.noEndpoints());
        context.scheduler().schedule(giveUp, timeout.toNanos(), TimeUnit.NANOSECONDS);
        settle(view);
    }

    private void publish() {
        FeedState before = state;
        FeedState now = FeedState.of(chain);
        if (before.status() != now.status() && active) {
            log.info("{}: {} ({})", name, now.status(), now.report());
        }
        table.update(chain.set());
        hosts = table.all();
        ledger.tell(views().map(ServiceView::balancer));
        views().forEach(view -> view.update(chain.set(), table));
        state = now;
        views().forEach(this::settle);
    }

    private void begin(ServiceView view) {
        if (view.needsPodLabels()) {
            chain.requirePodLabels();
        }
        ledger.tell(views().map(ServiceView::balancer));
        view.update(chain.set(), table);
        settle(view);
    }

    /** Lets go of those who wait for what is known by now. */
    private void settle(ServiceView view) {
        Picker picker = view.picker();
        if (picker != null) {
            view.waiters().complete(picker);
        } else if (failsFast(view)) {
            view.waiters().failAnswered(view.noEndpoints());
        }
    }

    private Stream<ServiceView> views() {
        return Stream.concat(Stream.of(root), subsets.asMap().values().stream());
    }
}
