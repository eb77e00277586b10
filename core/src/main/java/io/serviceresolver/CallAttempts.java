package io.serviceresolver;

import io.serviceresolver.call.Attempts;
import io.serviceresolver.call.CallOptions;
import io.serviceresolver.call.CallOptions.Repeatable;
import io.serviceresolver.call.Hedging;
import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointId;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.PodLabels;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The attempts at one call through one handle. What goes well at once costs one object and no look at the clock, but
 * where calls are hedged by how long they take. Guarded by its own lock, for the hedge beside an attempt.
 */
final class CallAttempts implements Attempts {

    private final ServiceView view;
    private final FeedCalls calls;
    private final RetryPolicy policy;
    private final CallOptions options;

    /** When the time for the call is over; meaningless where it is not limited. */
    private final long deadlineNanos;

    /** When the first attempt began; meaningless where nobody wants to know how long calls take. */
    private long startNanos;

    /** Whether the last attempt was said to have gone well. */
    private boolean wentWell;

    private int made;
    private @Nullable EndpointId current;
    private Set<EndpointId> tried = Set.of();

    CallAttempts(ServiceView view, FeedCalls calls, CallOptions options) {
        this.view = view;
        this.calls = calls;
        this.policy = calls.policy();
        this.options = options;
        this.deadlineNanos = isLimited() ? calls.now() + TimeUnit.NANOSECONDS.convert(options.timeout()) : 0;
    }

    @Override
    public Lease acquire() {
        return acquireOther().orElseGet(() -> {
            remaining().ifPresent(left -> Waiting.forAnswer(view, left));
            return begun(view.acquire());
        });
    }

    @Override
    public CompletableFuture<Lease> acquireAsync() {
        return acquireOther()
                .map(CompletableFuture::completedFuture)
                .orElseGet(() -> Waiting.then(view.acquireAsync(), this::begun, Waiting::letGo));
    }

    /**
     * Begins a retry at an endpoint that was not tried. The first attempt is the balancer's, and so is one in whose wait all of
     * those have left: better an endpoint that was tried than none.
     */
    private synchronized Optional<Lease> acquireOther() {
        return tried.isEmpty() ? Optional.empty() : other().map(this::begin);
    }

    /**
     * An endpoint that was not tried, of the {@linkplain #preferred preferred} ones: that of two at random where fewer calls are
     * in flight in relation to their weights (M. Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing", 2001).
     */
    private Optional<Host> other() {
        List<Host> others = preferred(others());
        if (others.isEmpty()) {
            return Optional.empty();
        }
        RandomGenerator random = calls.random();
        Host one = others.get(random.nextInt(others.size()));
        Host other = others.get(random.nextInt(others.size()));
        return Optional.of((other.inFlight() + 1) * one.weight() < (one.inFlight() + 1) * other.weight() ? other : one);
    }

    /**
     * Those whose last call did not fail, where there are any: one that is gone, and that nobody has judged yet, has the fewest calls
     * in flight of all.
     */
    private static List<Host> preferred(List<Host> hosts) {
        List<Host> working =
                hosts.stream().filter(host -> !host.health().failedLast()).toList();
        return working.isEmpty() ? hosts : working;
    }

    /** The endpoints of the first tier with any that were not tried. */
    private List<Host> others() {
        RoutingPlan plan = view.plan();
        return Stream.of(plan.tiers(), plan.spare())
                .flatMap(List::stream)
                .map(tier -> untried(tier.hosts()))
                .filter(hosts -> !hosts.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private List<Host> untried(List<Host> hosts) {
        return hosts.stream()
                .filter(host -> !tried.contains(host.endpoint().id()))
                .toList();
    }

    private Lease begin(Host chosen) {
        chosen.begin();
        return begun(view.lease(chosen));
    }

    private synchronized Lease begun(Lease lease) {
        if (made++ == 0 && isTimed()) {
            startNanos = calls.now();
        }
        current = lease.endpoint().id();
        return lease;
    }

    /** Whether it matters how long the call takes. */
    private boolean isTimed() {
        Hedging hedging = options.hedging();
        return hedging != null && hedging.quantile() > 0;
    }

    @Override
    public Optional<Duration> hedgeAfter() {
        Hedging hedging = options.hedging();
        if (hedging == null || options.repeatable() != Repeatable.IDEMPOTENT || policy.maxAttempts() == 1) {
            return Optional.empty();
        }
        if (hedging.quantile() == 0) {
            return Optional.of(hedging.delay());
        }
        long most = calls.latencies().quantile(hedging.quantile());
        return most < 0 ? Optional.empty() : Optional.of(longer(hedging.delay(), Duration.ofNanos(most)));
    }

    @Override
    public synchronized Optional<Lease> hedge() {
        boolean allowed = options.repeatable() == Repeatable.IDEMPOTENT
                && made < policy.maxAttempts()
                && !isOverAfter(Duration.ZERO);
        if (!allowed || !hasOther() || !calls.retries().hedge()) {
            return Optional.empty();
        }
        return other().map(this::begin);
    }

    @Override
    public synchronized Optional<Duration> next(Outcome outcome, Duration retryAfter) {
        if (outcome == Outcome.SUCCESS) {
            succeeded();
            return Optional.empty();
        }
        if (wentWell) {
            calls.retries().budget().takeBack();
            wentWell = false;
        }
        if (made >= policy.maxAttempts() || !mayRepeat(outcome)) {
            return Optional.empty();
        }
        boolean another = hasOther();
        boolean free = another && outcome == Outcome.CONNECT_FAILED;
        return another || isVirtual()
                ? again(free ? Duration.ZERO : longer(backoff(), retryAfter), free)
                : Optional.empty();
    }

    /** How long to wait before the next attempt: empty where neither time nor budget are left for it. */
    private Optional<Duration> again(Duration wait, boolean free) {
        Retries retries = calls.retries();
        if (wait.compareTo(policy.maxBackoff()) > 0 || isOverAfter(wait)) {
            return Optional.empty();
        }
        if (free) {
            retries.free();
        } else if (!retries.retry()) {
            return Optional.empty();
        }
        return Optional.of(wait);
    }

    private void succeeded() {
        calls.retries().budget().deposit();
        wentWell = true;
        if (isTimed()) {
            calls.latencies().record(calls.now() - startNanos);
        }
    }

    private boolean mayRepeat(Outcome outcome) {
        return switch (outcome) {
            case CONNECT_FAILED -> true;
            case IO_ERROR, TIMEOUT, SERVER_ERROR -> options.repeatable() == Repeatable.IDEMPOTENT;
            case SUCCESS, CANCELLED, UNREPORTED -> false;
        };
    }

    /** Remembers the endpoint that failed: whether there is one that was not tried. */
    private boolean hasOther() {
        if (tried.isEmpty()) {
            tried = new HashSet<>();
        }
        if (current != null) {
            tried.add(current);
        }
        return !others().isEmpty();
    }

    /**
     * Whether there is one address that stands for Pods which nobody knows, such as the cluster IP that DNS or the environment tells: the
     * cluster takes another connection to another Pod, perhaps.
     */
    private boolean isVirtual() {
        EndpointSet all = view.known();
        return all.size() == 1
                && all.traits().podLabels().status() == PodLabels.Status.UNKNOWN
                && isOfNoPod(all.endpoints().get(0));
    }

    private static boolean isOfNoPod(Endpoint endpoint) {
        return endpoint.id().uid() == null
                && endpoint.podName().isEmpty()
                && endpoint.hostname().isEmpty();
    }

    /** "Full jitter", of which a service sees the fewest calls at once (gRPC proposal A6; M. Brooker, 2015). */
    private Duration backoff() {
        long least = TimeUnit.NANOSECONDS.convert(policy.minBackoff());
        long most = Math.min(TimeUnit.NANOSECONDS.convert(policy.maxBackoff()), Long.MAX_VALUE - 1);
        int doublings = made - 1;
        long ceiling = least > most >> doublings ? most : least << doublings;
        return Duration.ofNanos(ceiling == 0 ? 0 : calls.random().nextLong(ceiling + 1));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private boolean isLimited() {
        return !options.timeout().isZero();
    }

    private boolean isOverAfter(Duration wait) {
        return remaining().filter(left -> left.compareTo(wait) <= 0).isPresent();
    }

    @Override
    public CompletableFuture<Void> pause(Duration wait) {
        return calls.pause(wait);
    }

    @Override
    public Optional<Duration> remaining() {
        if (!isLimited()) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos(Math.max(0, deadlineNanos - calls.now())));
    }
}
