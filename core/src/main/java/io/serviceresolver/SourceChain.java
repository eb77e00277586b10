package io.serviceresolver;

import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.source.SourceAnswer;
import io.serviceresolver.source.SourceContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sources of one service in their order of preference. Confined to the event loop.
 *
 * <p>The first source is asked at once; each next one when all before it have nothing that can be called, or did not
 * answer for {@link #FALLBACK_DELAY}. What is used comes from the first source that has a set: current, or kept from
 * before the source became unavailable. So a source that was good is kept to while it is away, and one that recovers
 * takes over again. A source that says that a service has no endpoint to call is believed, even if a later one would
 * know some; the later ones are asked so that an error can say what they answered.
 */
final class SourceChain {

    /** How long a source may be silent at first until the next one is asked as well. */
    static final Duration FALLBACK_DELAY = Duration.ofMillis(200);

    /** How long a source goes on after it is no longer needed: whoever recovers may fail again soon. */
    static final Duration RELEASE_DELAY = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(SourceChain.class);

    private final ServiceName service;
    private final List<SourceSlot> slots;
    private final SourceContext context;
    private final Runnable onChange;

    /** Whether a look at which sources are no longer needed is under way. */
    private boolean releasing;

    SourceChain(ServiceName service, ResolverConfig config, SourceContext context, Runnable onChange) {
        this.service = service;
        this.slots = config.sources().stream()
                .map(source -> new SourceSlot(source, config.addresses()))
                .toList();
        this.context = context;
        this.onChange = onChange;
    }

    void start() {
        extend();
    }

    void stop() {
        slots.forEach(SourceSlot::stop);
    }

    /** The slot whose set is used. */
    @Nullable
    SourceSlot selected() {
        return slots.stream().filter(slot -> slot.kept() != null).findFirst().orElse(null);
    }

    /** The set that is used: empty where none is. */
    EndpointSet set() {
        SourceSlot selected = selected();
        EndpointSet kept = selected == null ? null : selected.kept();
        return kept == null ? EndpointSet.EMPTY : kept;
    }

    boolean isFirst(SourceSlot slot) {
        return slots.get(0) == slot;
    }

    /** Whether all sources that are preferred to the one used have spoken, or all of them where none is used. */
    boolean settled() {
        SourceSlot used = selected();
        return slots.stream().takeWhile(slot -> slot != used).allMatch(SourceSlot::hasAnswered);
    }

    /** Whether some source could not tell. */
    boolean anyUnavailable() {
        return slots.stream().anyMatch(SourceSlot::isUnavailable);
    }

    /** {@code watch: 0 of 3 endpoints ready; dns: NXDOMAIN; environment: SKIPPY_SERVICE_HOST is not set}. */
    String report() {
        return slots.stream().map(SourceSlot::report).collect(Collectors.joining("; "));
    }

    /** Starts the sources that are needed now and do not run yet. */
    private void extend() {
        boolean needed = true;
        for (SourceSlot slot : slots) {
            if (needed && !slot.isRunning()) {
                start(slot);
            }
            needed &= slot.passesOn();
        }
    }

    private void start(SourceSlot slot) {
        int turn = slot.begin();
        try {
            slot.subscribed(slot.source().subscribe(service, context, answer -> deliver(slot, turn, answer)));
            context.scheduler().schedule(() -> overdue(slot, turn), FALLBACK_DELAY.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RuntimeException e) {
            log.warn("{}: source {} failed to start", service, slot.name(), e);
            slot.accept(new SourceAnswer.Unavailable(e.toString()), now());
        }
    }

    private void overdue(SourceSlot slot, int turn) {
        if (slot.isTurn(turn)) {
            slot.overdue();
            extend();
            onChange.run();
        }
    }

    /** Runs on whatever thread the source has; the answer goes to the event loop. */
    private void deliver(SourceSlot slot, int turn, SourceAnswer answer) {
        try {
            context.scheduler().execute(() -> accept(slot, turn, answer));
        } catch (RejectedExecutionException e) {
            log.debug("{}: an answer of {} came after the end", service, slot.name());
        }
    }

    private void accept(SourceSlot slot, int turn, SourceAnswer answer) {
        if (slot.isTurn(turn)) {
            log.debug("{}: {} answered {}", service, slot.name(), answer);
            slot.accept(answer, now());
            extend();
            releaseLater();
            onChange.run();
        }
    }

    private void releaseLater() {
        if (!releasing && unneeded().findAny().isPresent()) {
            releasing = true;
            context.scheduler().schedule(this::release, RELEASE_DELAY.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void release() {
        releasing = false;
        unneeded().toList().forEach(SourceSlot::stop);
        onChange.run();
    }

    /** The running sources behind one that has found what can be called. */
    private Stream<SourceSlot> unneeded() {
        return slots.stream()
                .dropWhile(slot -> !(slot.isFound() && slot.isUsable()))
                .skip(1)
                .filter(SourceSlot::isRunning);
    }

    private long now() {
        return context.ticker().getAsLong();
    }
}
