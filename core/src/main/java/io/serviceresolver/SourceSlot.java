package io.serviceresolver;

import io.serviceresolver.endpoint.AddressPolicy;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.filter.EndpointFilters;
import io.serviceresolver.source.EndpointSource;
import io.serviceresolver.source.KnownEndpoint;
import io.serviceresolver.source.LocalTopology;
import io.serviceresolver.source.SourceAnswer;
import io.serviceresolver.source.SourceSubscription;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** What one source of a chain said of one service. Confined to the event loop. */
final class SourceSlot {

    private final EndpointSource source;
    private final AddressGate gate;
    private final LocalTopology topology;
    private final OwnEntry own;
    private @Nullable SourceSubscription subscription;
    private @Nullable SourceAnswer answer;

    /** Counts starts and stops, so that an answer to an earlier subscription is told from one to the current one. */
    private int turn;

    /** The source said nothing for so long that the next one is asked as well. */
    private boolean overdue;

    /** The last set that was found and not revoked since: what is served, live or stale. */
    private @Nullable EndpointSet kept;

    /** Whether there is something to call in what is kept. */
    private boolean usable;

    /** When the source stopped confirming what is kept. */
    private long staleSinceNanos;

    /** Tells when what is kept is too old; null while it is not stale. */
    private @Nullable Future<?> aging;

    /** Whether it has not been confirmed for so long that any source that has a current one is preferred. */
    private boolean outdated;

    SourceSlot(EndpointSource source, AddressPolicy policy, LocalTopology topology) {
        this.source = source;
        this.gate = new AddressGate(source, policy);
        this.topology = topology;
        this.own = new OwnEntry(topology);
    }

    String name() {
        return source.name();
    }

    EndpointSource source() {
        return source;
    }

    boolean isRunning() {
        return subscription != null;
    }

    /** Whether what belongs to this turn is still current. */
    boolean isTurn(int number) {
        return turn == number && isRunning();
    }

    /** Begins a turn; the subscription follows. */
    int begin() {
        subscription = () -> {};
        return ++turn;
    }

    void subscribed(SourceSubscription started) {
        subscription = started;
    }

    void requirePodLabels() {
        if (subscription != null) {
            subscription.requirePodLabels();
        }
    }

    /** Ends the subscription and forgets what was said. */
    void stop() {
        if (subscription != null) {
            subscription.close();
        }
        turn++;
        subscription = null;
        answer = null;
        kept = null;
        usable = false;
        overdue = false;
        renew();
    }

    void overdue() {
        overdue = !hasAnswered();
    }

    /** Whether the source behind this one is to be asked. */
    boolean passesOn() {
        return (!isUsable() || outdated) && !isRefused() && (hasAnswered() || overdue);
    }

    void accept(SourceAnswer now, long nowNanos) {
        if (now instanceof SourceAnswer.Found found) {
            kept = gate.admit(found.endpoints(), nowNanos);
            own.teach(kept);
        } else if (now instanceof SourceAnswer.Unavailable && isUsable()) {
            staleSinceNanos = answer instanceof SourceAnswer.Found ? nowNanos : staleSinceNanos;
        } else {
            kept = null;
        }
        answer = now;
        choose();
        if (!isStale()) {
            renew();
        }
    }

    private void renew() {
        if (aging != null) {
            aging.cancel(false);
        }
        aging = null;
        outdated = false;
    }

    /** Looks again whether there is something to call. */
    void choose() {
        usable = kept != null && EndpointFilters.leavesAny(kept, topology.current());
    }

    boolean hasAnswered() {
        return answer != null;
    }

    boolean isFound() {
        return answer instanceof SourceAnswer.Found;
    }

    boolean isRefused() {
        return answer instanceof SourceAnswer.Refused;
    }

    boolean isUnavailable() {
        return answer instanceof SourceAnswer.Unavailable;
    }

    /** Whether it said that it cannot tell, but will go on trying. */
    boolean triesOn() {
        return answer instanceof SourceAnswer.Unavailable now
                && now.outlook() == SourceAnswer.Unavailable.Outlook.MAY_CHANGE;
    }

    /** Whether what can be called is only what was found before the source became unavailable. */
    boolean isStale() {
        return isUnavailable() && isUsable();
    }

    boolean isAging() {
        return aging != null;
    }

    /** What is kept is too old when that timer says so; the timer is cancelled if it is confirmed before. */
    void age(Future<?> timer) {
        aging = timer;
    }

    /** What is kept is stale for too long. */
    void outdate() {
        outdated = true;
    }

    boolean isOutdated() {
        return outdated;
    }

    /** Whether there is something to call in what is kept, and that is not too old. */
    boolean isUpToDate() {
        return isUsable() && !outdated;
    }

    /** Whether there is something to call in what is kept. */
    boolean isUsable() {
        return usable;
    }

    @Nullable
    EndpointSet kept() {
        return kept;
    }

    /** Every endpoint that the source knows of. */
    List<KnownEndpoint> known() {
        List<KnownEndpoint> told = subscription == null ? List.of() : subscription.explain();
        return !told.isEmpty() || kept == null
                ? told
                : gate.found().endpoints().stream()
                        .map(one -> new KnownEndpoint(one, "", "", Duration.ZERO, Optional.empty()))
                        .toList();
    }

    /** Why an endpoint may not be called by its address; nothing where it may. */
    Optional<String> refusal(Endpoint endpoint) {
        return gate.refusal(endpoint);
    }

    /** Asks the source anew. */
    CompletableFuture<EndpointSet> fetch() {
        return subscription == null
                ? CompletableFuture.failedFuture(new IllegalStateException("it is no longer in use"))
                : subscription.fetch();
    }

    long staleSinceNanos() {
        return staleSinceNanos;
    }

    /** {@code dns: NXDOMAIN}. */
    String report() {
        return source.name() + ": " + said();
    }

    private String said() {
        if (answer instanceof SourceAnswer.Found found) {
            List<Endpoint> all = found.endpoints().endpoints();
            return found.endpoints().readyCount() + " of " + all.size() + " endpoints ready" + gate.refusals();
        }
        if (answer instanceof SourceAnswer.Absent absent) {
            return absent.reason();
        }
        if (answer instanceof SourceAnswer.Refused refused) {
            return refused.reason();
        }
        if (answer instanceof SourceAnswer.Unavailable unavailable) {
            return unavailable.reason() + (kept == null ? "" : keeping(kept.size()));
        }
        return isRunning() ? "no answer yet" : "not asked";
    }

    private String keeping(int endpoints) {
        return outdated
                ? ", its last set of " + endpoints + " serves where no other source has any"
                : ", serving its last set of " + endpoints;
    }
}
