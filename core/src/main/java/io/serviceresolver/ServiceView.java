package io.serviceresolver;

import io.serviceresolver.balancer.Balancer;
import io.serviceresolver.balancer.Candidate;
import io.serviceresolver.balancer.Picker;
import io.serviceresolver.call.Attempts;
import io.serviceresolver.call.CallOptions;
import io.serviceresolver.call.EndpointCall;
import io.serviceresolver.call.Lease;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.Target;
import io.serviceresolver.selector.LabelSelector;
import io.serviceresolver.source.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a user holds of a service: all of it, or the part with certain labels. */
final class ServiceView implements ServiceHandle {

    private final ServiceFeed feed;
    private final ServicePart part;
    private final HandleChoice choice;
    private final SetListeners listeners = new SetListeners(this);

    /** Event loop only. */
    private final WaitList waiters;

    /** What the hot path reads; null while there is nothing to pick. Written by the event loop. */
    private volatile @Nullable Picker picker;

    /** The hosts the picker picks from. Written by the event loop. */
    private volatile List<Host> pickable = List.of();

    /** In which shares the calls go to them, and where they could go besides. Written by the event loop. */
    private volatile RoutingPlan plan = RoutingPlan.NONE;

    /** Why there is nothing to pick although endpoints are known; empty where that is plain. Written by the event loop. */
    private volatile String obstacle = "";

    /** All endpoints of this part of the service. Written by the event loop. */
    private volatile EndpointSet set = EndpointSet.EMPTY;

    /** Whether what is known has reached this handle: a part learns it later, and with the labels of Pods. Written by the event loop. */
    private volatile boolean current;

    /**
     * Whether this handle was used since it was last asked. Written by all without order: a use that is missed for a
     * moment does no harm, and a plain read is all that it costs a pick.
     */
    private boolean used = true;

    ServiceView(ServiceFeed feed, LabelSelector selector, HandleChoice choice) {
        this.feed = feed;
        this.part = new ServicePart(selector);
        this.choice = choice;
        this.waiters = new WaitList();
        this.current = part.isWhole();
    }

    ServicePart part() {
        return part;
    }

    /** Runs on the event loop. */
    void update(EndpointSet all, HostTable hosts) {
        EndpointSet before = set;
        EndpointSet now = part.of(all, before);
        choice.update(now, hosts);
        obstacle = part.lackOfLabels(all).orElse(choice.obstacle());
        pickable = choice.hosts();
        plan = choice.plan();
        picker = choice.picker();
        current = !part.awaitsLabels(all);
        if (now != before) {
            set = now;
            listeners.offer(now);
        }
    }

    @Nullable
    Picker picker() {
        return picker;
    }

    boolean isCurrent() {
        return current;
    }

    WaitList waiters() {
        return waiters;
    }

    List<Host> eligible(HostTable table) {
        return choice.eligible(set, table);
    }

    List<Host> pickable() {
        return pickable;
    }

    RoutingPlan plan() {
        return plan;
    }

    List<Balancer> balancers() {
        return choice.balancers();
    }

    ServiceFeed feed() {
        return feed;
    }

    /** Notes that the handle is used. */
    void use() {
        if (!used) {
            used = true;
        }
    }

    /** Whether the handle was used since this was last asked. */
    boolean takeUsed() {
        boolean was = used || hasListeners() || !waiters.isEmpty();
        used = false;
        return was;
    }

    boolean hasListeners() {
        return !listeners.isEmpty();
    }

    NoEndpointsException noEndpoints() {
        return NoEndpointsException.of(this, obstacle);
    }

    @Override
    public Target target() {
        return feed.name();
    }

    @Override
    public Endpoint resolve() {
        return chooser().pick().endpoint();
    }

    @Override
    public CompletableFuture<Endpoint> resolveAsync() {
        return withPicker(current -> current.pick().endpoint(), endpoint -> {});
    }

    @Override
    public Endpoint resolve(String key) {
        return chooser().pick(Objects.requireNonNull(key, "key")).endpoint();
    }

    @Override
    public Candidate begin() {
        return chooser().begin();
    }

    @Override
    public Lease acquire() {
        return lease(begin());
    }

    @Override
    public Lease acquire(String key) {
        return lease(chooser().begin(Objects.requireNonNull(key, "key")));
    }

    @Override
    public CompletableFuture<Lease> acquireAsync(String key) {
        return withPicker(current -> lease(current.begin(key)), Waiting::letGo);
    }

    @Override
    public CompletableFuture<Lease> acquireAsync() {
        return withPicker(current -> lease(current.begin()), Waiting::letGo);
    }

    @Override
    public Attempts attempts(CallOptions options) {
        return new CallAttempts(this, feed.calls(), options);
    }

    @Override
    public <T, X extends Exception> T call(CallOptions options, EndpointCall<T, X> call) throws X {
        return BlockingCall.make(this, options, call);
    }

    @Override
    public <T> CompletableFuture<T> callAsync(
            CallOptions options, Function<? super Endpoint, ? extends CompletionStage<T>> call) {
        return new AsyncAttempts<T>(feed.calls(), attempts(options), options, call).start();
    }

    Lease lease(Candidate chosen) {
        return new HostLease((Host) chosen);
    }

    private Picker chooser() {
        use();
        Picker current = picker;
        return current != null
                ? current
                : newest(Waiting.join(this, Waiter.Patience.UNTIL_ANSWERED, feed.longestWait()));
    }

    /** Whoever waited goes on later than the event loop let it: what it was let go with may be old by then. */
    private Picker newest(Picker given) {
        Picker current = picker;
        return current == null ? given : current;
    }

    private <T> CompletableFuture<T> withPicker(Function<Picker, T> use, Consumer<T> letGo) {
        use();
        Picker current = picker;
        return current != null
                ? Waiting.made(current, use)
                : Waiting.then(Waiting.forAnswer(this), given -> use.apply(newest(given)), letGo);
    }

    @Override
    public EndpointSet endpoints() {
        use();
        feed.follow();
        return set;
    }

    @Override
    public List<Endpoint> eligible() {
        use();
        feed.follow();
        return plan.eligible();
    }

    @Override
    public ServiceState state() {
        use();
        feed.follow();
        return feed.state(this);
    }

    /** The endpoints that are known, for whoever has no use for them. */
    EndpointSet known() {
        return set;
    }

    @Override
    public ServiceStats stats() {
        return new ViewStats(this);
    }

    @Override
    public CompletableFuture<Explanation> explain() {
        return feed.questions().ask(() -> CompletableFuture.completedFuture(Explainer.explain(this, feed, choice)));
    }

    @Override
    public CompletableFuture<Drift> drift() {
        return feed.questions().ask(() -> feed.chain().drift());
    }

    @Override
    public ServiceHandle subset(LabelSelector selector) {
        return feed.view(part.selector().and(selector));
    }

    @Override
    public void awaitReady(Duration timeout) {
        use();
        if (picker == null) {
            Waiting.join(this, Waiter.Patience.UNTIL_READY, timeout);
        }
    }

    @Override
    public CompletableFuture<Void> awaitReadyAsync(Duration timeout) {
        use();
        return picker != null ? CompletableFuture.completedFuture(null) : Waiting.untilReady(this, timeout);
    }

    @Override
    public Subscription addListener(Consumer<EndpointSet> listener) {
        return listeners.add(listener);
    }

    /** {@code skippy.shield}, with the selector in brackets where this is a part of it. */
    @Override
    public String toString() {
        return feed.name().toString() + part;
    }
}
