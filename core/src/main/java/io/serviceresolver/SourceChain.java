package io.serviceresolver;

import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.PodSelection;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.Target;
import io.serviceresolver.source.SourceAnswer;
import io.serviceresolver.source.SourceContext;
import io.serviceresolver.source.SourceListener;
import io.serviceresolver.source.SourceSubscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sources of one service in their order of preference. Confined to the event loop.
 *
 * <p>The first source is asked at once; each next one when all before it have nothing that can be called, or did not
 * answer for {@link #FALLBACK_DELAY}. What is used comes from the first source that has a set: current, or kept from
 * before the source became unavailable. So a source that was good is kept to while it is away, and one that recovers
 * takes over again. What could not be confirmed for longer than {@link ServiceResolverBuilder#staleLimit} goes behind what a
 * later source has to call. A source that says that a service has no endpoint to call is believed, even if a later one would
 * know some; the later ones are asked so that an error can say what they answered.
 */
final class SourceChain {

    /** How long a source may be silent at first until the next one is asked as well. */
    static final Duration FALLBACK_DELAY = Duration.ofMillis(200);

    /** How long a source goes on after it is no longer needed: whoever recovers may fail again soon. */
    static final Duration RELEASE_DELAY = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(SourceChain.class);

    private final Target target;
    private final List<SourceSlot> slots;
    private final SourceContext context;
    private final Duration staleLimit;
    private final Runnable onChange;

    /** Whether somebody selects by the labels of Pods. */
    private boolean podLabels;

    /** Whether a look at which sources are no longer needed is under way. */
    private boolean releasing;

    SourceChain(Target target, ResolverConfig config, SourceContext context, Runnable onChange) {
        this.target = target;
        this.slots = config.sources().stream()
                .map(source -> new SourceSlot(source, config.addresses(), context.topology()))
                .toList();
        this.podLabels = config.routing().podLabels();
        this.context = context;
        this.staleLimit = config.staleLimit();
        this.onChange = onChange;
    }

    void start() {
        extend(any -> {});
    }

    /** Does without those who are silent, as time is over: where there is nothing to call, all the others are asked by now. */
    void hurry() {
        if (!isUsable()) {
            extend(SourceSlot::overdue);
            onChange.run();
        }
    }

    void stop() {
        slots.forEach(SourceSlot::stop);
    }

    /** The slot whose set is used. */
    @Nullable
    SourceSlot selected() {
        SourceSlot first = firstRelevant(slot -> slot.kept() != null);
        if (first != null && first.isOutdated()) {
            SourceSlot current = firstRelevant(SourceSlot::isUpToDate);
            return current == null ? first : current;
        }
        return first;
    }

    /** The slot that tells which endpoints are known: the one whose set is used, else the first that tells any. */
    @Nullable
    SourceSlot explained() {
        SourceSlot used = selected();
        return used != null ? used : firstRelevant(slot -> !slot.known().isEmpty());
    }

    /** What tells what is in use from what the source in use is told when it is asked anew. */
    CompletableFuture<Drift> drift() {
        SourceSlot used = selected();
        return used == null
                ? CompletableFuture.failedFuture(
                        new IllegalStateException(target + ": no source is in use (" + report() + ")"))
                : new DriftCheck(target, used).run(context.scheduler());
    }

    /** The first of some sources down to the first one that refused what is asked for: those behind it could only guess. */
    private @Nullable SourceSlot firstRelevant(Predicate<SourceSlot> wanted) {
        for (SourceSlot slot : slots) {
            if (wanted.test(slot)) {
                return slot;
            }
            if (slot.isRefused()) {
                return null;
            }
        }
        return null;
    }

    /** The set that is used: empty where none is. */
    EndpointSet set() {
        SourceSlot selected = selected();
        EndpointSet kept = selected == null ? null : selected.kept();
        return kept == null ? EndpointSet.EMPTY : kept;
    }

    /** Whether there is something to call in the set that is used. */
    boolean isUsable() {
        SourceSlot used = selected();
        return used != null && used.isUsable();
    }

    boolean isFirst(SourceSlot slot) {
        return slots.get(0) == slot;
    }

    /**
     * Whether there is nothing to wait for: all sources that are preferred to the one used have spoken. Where none is used, all
     * have, and none of them is still trying.
     */
    boolean settled() {
        SourceSlot used = selected();
        SourceSlot first =
                firstRelevant(slot -> slot.equals(used) || !slot.hasAnswered() || (used == null && slot.triesOn()));
        return first == null || first.equals(used);
    }

    /** Whether some source could not tell. */
    boolean anyUnavailable() {
        return firstRelevant(SourceSlot::isUnavailable) != null;
    }

    /** {@code watch: 0 of 3 endpoints ready; dns: NXDOMAIN; environment: SKIPPY_SERVICE_HOST is not set}. */
    String report() {
        return slots.stream().map(SourceSlot::report).collect(Collectors.joining("; "));
    }

    /**
     * Starts the sources that are needed now and do not run yet.
     *
     * @param each is done with each that is needed, before it is known whether the next one is
     */
    private void extend(Consumer<SourceSlot> each) {
        for (SourceSlot slot : slots) {
            if (!slot.isRunning()) {
                start(slot);
            }
            each.accept(slot);
            if (!slot.passesOn()) {
                return;
            }
        }
    }

    private void start(SourceSlot slot) {
        int turn = slot.begin();
        try {
            slot.subscribed(subscribe(slot, turn));
            if (podLabels) {
                slot.requirePodLabels();
            }
            context.scheduler()
                    .schedule(
                            () -> overdue(slot, turn),
                            TimeUnit.NANOSECONDS.convert(FALLBACK_DELAY),
                            TimeUnit.NANOSECONDS);
        } catch (RuntimeException e) {
            log.warn("{}: source {} failed to start", target, slot.name(), e);
            slot.accept(new SourceAnswer.Unavailable(e.toString()), now());
        }
    }

    private SourceSubscription subscribe(SourceSlot slot, int turn) {
        SourceListener listener = answer -> deliver(slot, turn, answer);
        return target instanceof ServiceName service
                ? slot.source().subscribe(service, context, listener)
                : slot.source().subscribe((PodSelection) target, context, listener);
    }

    /** From now on sets are to bear the labels of Pods, where that can be. */
    void requirePodLabels() {
        if (!podLabels) {
            podLabels = true;
            slots.forEach(SourceSlot::requirePodLabels);
        }
    }

    private void overdue(SourceSlot slot, int turn) {
        if (slot.isTurn(turn)) {
            slot.overdue();
            extend(any -> {});
            onChange.run();
        }
    }

    /** Runs on whatever thread the source has; the answer goes to the event loop. */
    private void deliver(SourceSlot slot, int turn, SourceAnswer answer) {
        try {
            context.scheduler().execute(() -> accept(slot, turn, answer));
        } catch (RejectedExecutionException e) {
            log.debug("{}: an answer of {} came after the end", target, slot.name());
        }
    }

    private void accept(SourceSlot slot, int turn, SourceAnswer answer) {
        if (slot.isTurn(turn)) {
            log.debug("{}: {} answered {}", target, slot.name(), answer);
            slot.accept(answer, now());
            age(slot);
            changed();
        }
    }

    /** What begins to be stale now goes last when that has been so for too long. */
    private void age(SourceSlot slot) {
        if (slot.isStale() && !slot.isAging()) {
            Runnable tooOld = () -> {
                slot.outdate();
                changed();
            };
            slot.age(context.scheduler()
                    .schedule(tooOld, TimeUnit.NANOSECONDS.convert(staleLimit), TimeUnit.NANOSECONDS));
        }
    }

    /** More became known of where this process runs: by that endpoints are chosen. */
    void moved() {
        slots.forEach(SourceSlot::choose);
        changed();
    }

    private void changed() {
        extend(any -> {});
        releaseLater();
        onChange.run();
    }

    private void releaseLater() {
        if (!releasing && !unneeded().isEmpty()) {
            releasing = true;
            context.scheduler()
                    .schedule(this::release, TimeUnit.NANOSECONDS.convert(RELEASE_DELAY), TimeUnit.NANOSECONDS);
        }
    }

    private void release() {
        releasing = false;
        unneeded().forEach(SourceSlot::stop);
        onChange.run();
    }

    /** The running sources behind one that has found what can be called. */
    private List<SourceSlot> unneeded() {
        List<SourceSlot> unneeded = new ArrayList<>();
        boolean enough = false;
        for (SourceSlot slot : slots) {
            if (enough && slot.isRunning()) {
                unneeded.add(slot);
            }
            enough |= slot.isFound() && slot.isUsable();
        }
        return unneeded;
    }

    private long now() {
        return context.ticker().getAsLong();
    }
}
