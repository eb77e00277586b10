package io.serviceresolver;

import io.serviceresolver.endpoint.Target;
import io.serviceresolver.selector.LabelSelector;
import io.serviceresolver.source.SourceContext;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
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
    private final Questions questions;
    private final FeedHealth health;
    private final FeedRouting routing;
    private final Ledger ledger;
    private final HostTable table;
    private final FeedCalls calls;
    private final FeedViews views;
    private final StateLog stateLog;
    private final FirstAnswerPatience patience;

    /** Under which names the registry holds this feed. Event loop only. */
    private final Set<String> keys = new HashSet<>();

    /** Whether the sources are asked. Written by the event loop. */
    private volatile boolean active;

    private boolean closed;

    /** What was last published. Written by the event loop when the handles have their pickers for it. */
    private volatile FeedState state;

    /** All hosts where calls may be in flight. Written by the event loop. */
    private volatile List<Host> hosts = List.of();

    ServiceFeed(
            Target name, ResolverConfig config, SourceContext context, Executor callbacks, ServiceRegistry registry) {
        this.name = name;
        this.config = config;
        this.context = context;
        this.callbacks = callbacks;
        this.registry = registry;
        this.chain = new SourceChain(name, config, context, this::publish);
        this.questions = new Questions(name, context, callbacks);
        FeedChecks checks = new FeedChecks(config.checks(), name, this::chooseAnew);
        this.health =
                new FeedHealth(name, config.outliers(), context, this::eligible, this::hosts, this::chooseAnew, checks);
        this.routing = new FeedRouting(
                name, config.routing(), config.outliers().maxEjected(), context, health, this::chooseAnew);
        this.ledger = new Ledger(name, context.ticker(), health, routing);
        this.table = new HostTable(ledger);
        this.calls = new FeedCalls(name, config, context, callbacks, registry.budget(name));
        this.stateLog = new StateLog(name, context);
        this.patience = new FirstAnswerPatience(config.firstAnswerTimeout(), name, context);
        this.state = FeedState.of(chain);
        this.views = new FeedViews(this::newView);
    }

    private ServiceView newView(LabelSelector selector) {
        Runnable tell = () -> ledger.tell(views.balancers());
        TierBalancers balancers =
                new TierBalancers(() -> config.newBalancer(context), routing.weights(), context.random(), tell);
        return new ServiceView(this, selector, new HandleChoice(balancers, context, routing));
    }

    Target name() {
        return name;
    }

    ServiceView root() {
        return views.root();
    }

    FeedCalls calls() {
        return calls;
    }

    Ledger ledger() {
        return ledger;
    }

    Executor callbacks() {
        return callbacks;
    }

    /** How long a first answer is waited for at most. */
    Duration longestWait() {
        return patience.longest();
    }

    ServiceState state(ServiceView view) {
        return state.at(context.ticker().getAsLong(), view.pickable().size());
    }

    /** All hosts where calls may be in flight. */
    List<Host> hosts() {
        return hosts;
    }

    /** Whether there is no point in waiting for something to pick. */
    boolean failsFast(ServiceView view) {
        // The state is written after the pickers: to be read before them.
        return view.isCurrent() && (patience.isOver() || state.settled()) && view.picker() == null;
    }

    /** The part of the service with certain labels: the same object for as long as anyone holds it. */
    ServiceView view(LabelSelector selector) {
        // Its first update is the first thing that the event loop does with it.
        return views.part(selector, made -> execute(() -> begin(made)));
    }

    /**
     * Runs a task on the event loop.
     *
     * @throws IllegalStateException if the resolver is closed
     */
    void execute(Runnable task) {
        EventLoop.execute(context.scheduler(), name, task);
    }

    /** Asks what only the event loop can tell. */
    Questions questions() {
        return questions;
    }

    // All below runs on the event loop.

    SourceChain chain() {
        return chain;
    }

    HostTable table() {
        return table;
    }

    void retained(String key) {
        keys.add(key);
        activate();
    }

    void released(String key) {
        keys.remove(key);
        suspendUnused();
    }

    void listening(ServiceView view) {
        if (views.keep(view)) {
            activate();
        } else {
            suspendUnused();
        }
    }

    private void suspendUnused() {
        if (keys.isEmpty() && !views.anyKept()) {
            suspend();
        }
    }

    Set<String> keys() {
        return keys;
    }

    /** What else is followed of the same service, by other names of its ports. */
    List<ServiceFeed> twins() {
        return registry.twins(this);
    }

    /** Whether any handle of this service was used since this was last asked, or is: by a call in flight. */
    boolean takeUsed() {
        return views.takeUsed() || hosts.stream().anyMatch(host -> host.inFlight() > 0);
    }

    /** Is followed again, if it was let go. Runs on any thread. */
    void follow() {
        if (!active) {
            EventLoop.offer(context.scheduler(), name, this::activate);
        }
    }

    private void activate() {
        if (active || closed) {
            return;
        }
        active = true;
        log.debug("{}: followed", name);
        chain.start();
        health.start();
        routing.start();
        patience.begin(chain::hurry, this::settle);
        registry.followed(this);
    }

    private void suspend() {
        if (!active) {
            return;
        }
        active = false;
        patience.reset();
        stateLog.reset();
        chain.stop();
        health.stop();
        routing.stop();
        publish();
        log.debug("{}: no longer followed", name);
        registry.dropped(this);
    }

    /** More became known of where this process runs. */
    void moved() {
        if (active) {
            chain.moved();
        }
    }

    void close() {
        closed = true;
        suspend();
        views.all().forEach(view -> view.waiters().failAll(EventLoop.closed(name)));
        questions.close();
        calls.close();
    }

    void await(ServiceView view, Waiter waiter, Duration timeout) {
        if (closed) {
            waiter.future().completeExceptionally(EventLoop.closed(name));
            return;
        }
        activate();
        view.waiters().add(waiter, view, timeout, context.scheduler());
        view.waiters().settle(view);
    }

    private void publish() {
        FeedState now = FeedState.of(chain);
        if (active) {
            stateLog.note(now.status(chain.isUsable() ? 1 : 0), now.report());
        }
        table.update(chain.set());
        routing.update(table);
        hosts = table.all();
        ledger.outcomes().countSuccesses(hosts, table.wentWellBefore());
        ledger.tell(views.balancers());
        if (!active) {
            // Nobody is to take it for empty when its pickers are gone: it is not known any more.
            state = now;
        }
        choose();
        state = now;
        settle();
    }

    /** The hosts that would be chosen from if all were healthy. */
    private Collection<Host> eligible() {
        return views.eligible(table);
    }

    /** Chooses anew from what is known: perhaps there is something now for those who wait. */
    private void chooseAnew() {
        choose();
        settle();
    }

    private void settle() {
        views.all().forEach(view -> view.waiters().settle(view));
    }

    private void choose() {
        views.all().forEach(view -> view.update(chain.set(), table));
        health.checks().follow(views.all(), table);
    }

    private void begin(ServiceView view) {
        if (view.part().needsPodLabels()) {
            chain.requirePodLabels();
        }
        ledger.tell(views.balancers());
        view.update(chain.set(), table);
        health.checks().follow(views.all(), table);
        view.waiters().settle(view);
    }
}
