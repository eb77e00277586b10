package io.serviceresolver.k8s;

import io.serviceresolver.k8s.ApiFailure.Kind;
import io.serviceresolver.k8s.WatchAttempt.Due;
import io.serviceresolver.source.SourceContext;
import io.serviceresolver.text.Printable;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a collection of the API current, for ever: lists it, watches it from there, and when that ends, for whatever
 * reason, begins again; what was known stays in place until a new list is complete. All of it happens on the scheduler's
 * thread, but the reading of answers.
 *
 * <ul>
 *   <li>A watch that breaks off is opened again from the version it had come to. Only what leaves the state in doubt
 *       leads to a new list: a version too old (410) or too new, an answer that makes no sense, a server that says no.
 *   <li>A connection may be dead without a sign. A watch that has said nothing for longer than bookmarks take is replaced
 *       by a list and a new watch, while it goes on being listened to; so is one that has lived for 5 to 10 minutes. Where
 *       the list finds nothing new, the server may not send bookmarks: the next watch is given twice as long. Where the
 *       old watch speaks while the list is on its way, it is the list that is out of date: nothing goes back in time.
 *   <li>Where there is a right to list and none to watch, it is listed every 30 to 90 s instead.
 *   <li>A list that is suddenly empty is believed when a second one, of the newest version, says so too.
 * </ul>
 */
final class Reflector<T> implements OutcomeGuard.Hearer<T> {

    private static final Logger log = LoggerFactory.getLogger(EndpointSliceSource.class);

    private static final Duration STABLE = Duration.ofSeconds(10);
    private static final Duration MIN_AGE = Duration.ofMinutes(5);
    private static final Duration MAX_AGE = Duration.ofMinutes(10);

    /** After these, a list of the newest version is asked for, page by page. */
    private static final Set<Kind> USELESS = Set.of(Kind.EXPIRED, Kind.GARBLED, Kind.TOO_LARGE);

    private static final Duration CONFIRM_AFTER = Duration.ofSeconds(1);

    /** As often a watch is asked for that the server fails at, from one version: it may be the version that it cannot go on from. */
    private static final int MOST_RESUMPTIONS = 5;

    private final ApiResource resource;
    private final ApiClient client;
    private final ItemReader<T> reader;
    private final ReflectorState<T> state;
    private final Loop loop;
    private final RetryWaits waits;
    private final Duration shortestSilence;
    private final OutcomeGuard<T> guard;
    private final Position position;

    // All that follows is written and read by the scheduler's thread.
    private Duration silence;
    private int resumptions;
    private int forbiddenInARow;
    private @Nullable Due due;
    private @Nullable ListAttempt<T> listing;
    private @Nullable WatchAttempt<T> watching;
    private @Nullable Future<?> next;

    /**
     * Prepares to keep a collection current.
     *
     * @param resource the collection
     * @param client asks the API server
     * @param reader reads its objects
     * @param context time and randomness
     * @param silence how long a watch may say nothing, at first
     * @param state is kept current
     */
    Reflector(
            ApiResource resource,
            ApiClient client,
            ItemReader<T> reader,
            SourceContext context,
            Duration silence,
            ReflectorState<T> state) {
        this.resource = resource;
        this.client = client;
        this.reader = reader;
        this.state = state;
        this.loop = new Loop(context);
        this.waits = new RetryWaits(context.random());
        this.shortestSilence = silence;
        this.silence = silence;
        this.guard = new OutcomeGuard<>(this, resource.shown());
        this.position = new Position(resource);
    }

    /** Begins with a list of this version or a newer one; of any where this is empty. */
    void listSince(String known) {
        if (!known.isEmpty()) {
            position.reach(known);
        }
        list();
    }

    /** The version that it has come to; empty where there is none to go on from. */
    String version() {
        return position.version();
    }

    /** Begins: a list; a list that is on its way is waited for. */
    void list() {
        cancelNext();
        if (listing == null) {
            listing = new ListAttempt<>(client, resource, reader, loop, guard);
            listing.start(position.list());
        }
    }

    /** Ends it. */
    void close() {
        guard.close();
        cancelAll();
    }

    @Override
    public void listed(String newVersion, List<T> items) {
        listing = null;
        if (watching != null && position.hasMoved()) {
            // The watch that goes on has spoken meanwhile: what it said may be newer than the list.
            due = null;
            watch();
            return;
        }
        if (items.isEmpty() && !state.isEmpty() && !position.isDoubted()) {
            position.doubt();
            next = after(CONFIRM_AFTER, this::list);
            return;
        }
        if (watching != null) {
            waits.reset();
        }
        boolean changed = state.replaceAll(items);
        if (due == Due.SILENT) {
            silence = changed ? shortestSilence : longer(silence);
        }
        due = null;
        position.reach(newVersion);
        resumptions = 0;
        state.live();
        state.changed();
        watch();
    }

    @Override
    public void listFailed(ApiFailure failure) {
        listing = null;
        if (USELESS.contains(failure.kind()) && !position.isDoubted()) {
            position.expire();
        }
        if (failure.kind() == Kind.TOO_LARGE) {
            position.takePages();
        }
        if (watching != null && watching.isHeard()) {
            next = after(waits.after(failure), this::list);
        } else {
            cancelWatch();
            again(failure, this::list);
        }
    }

    @Override
    public void watching() {
        forbiddenInARow = 0;
        state.live();
    }

    @Override
    public void frames(List<WatchFrame<T>> frames) {
        for (WatchFrame<T> frame : frames) {
            if (frame instanceof WatchFrame.Put<T> put) {
                put.item().ifPresentOrElse(state::put, () -> state.remove(put.name()));
                advance(put.version());
            } else if (frame instanceof WatchFrame.Removed<T> removed) {
                state.remove(removed.name());
                advance(removed.version());
            } else if (frame instanceof WatchFrame.Bookmark<T> bookmark) {
                silence = shortestSilence;
                advance(bookmark.version());
            }
        }
        state.changed();
    }

    @Override
    public void watchFailed(ApiFailure failure, Duration lived) {
        watching = null;
        if (lived.compareTo(STABLE) >= 0) {
            waits.reset();
        }
        if (failure.kind() == Kind.EXPIRED) {
            position.expire();
        }
        if (failure.kind() == Kind.FORBIDDEN) {
            unwatched(failure);
            return;
        }
        if (isToBeListed()) {
            // A list is on its way, or about to be: a watch will follow it.
            state.lost(failure);
            return;
        }
        boolean resumes = switch (failure.kind()) {
            case UNREACHABLE, UNAUTHORIZED -> true;
            case BUSY -> ++resumptions <= MOST_RESUMPTIONS;
            case UNTRUSTED, SILENT, EXPIRED, FORBIDDEN, UNKNOWN_API, REJECTED, GARBLED, TOO_LARGE -> false;
        };
        again(failure, resumes ? this::watch : this::list);
    }

    @Override
    public void watchDue(Due why) {
        due = why;
        list();
    }

    @Override
    public void failed(Throwable problem) {
        cancelAll();
        position.expire();
        again(new ApiFailure(Kind.GARBLED, resource.shown() + ": " + Printable.of(problem.toString())), this::list);
    }

    /** It may not be watched. A list soon tells whether it may still be listed: if so, lists take the place of the watch. */
    private void unwatched(ApiFailure failure) {
        forbiddenInARow++;
        if (forbiddenInARow == 2) {
            log.warn(
                    "{} may be listed but not watched, and is listed every 30 to 90 s instead: {}",
                    resource.shown(),
                    AccessHint.explain(failure, resource));
        }
        if (!isToBeListed()) {
            next = after(forbiddenInARow == 1 ? waits.soon() : waits.after(failure), this::list);
        }
    }

    private boolean isToBeListed() {
        return listing != null || position.isDoubted();
    }

    private void watch() {
        cancelNext();
        cancelWatch();
        watching = new WatchAttempt<>(resource, loop, silence, guard);
        watching.start(client, reader, position.version(), waits.between(MIN_AGE, MAX_AGE));
    }

    private void again(ApiFailure failure, Runnable step) {
        cancelNext();
        next = after(waits.after(failure), step);
        state.lost(failure);
    }

    private void advance(String newer) {
        if (!newer.isEmpty()) {
            position.advance(newer);
            resumptions = 0;
        }
    }

    private Future<?> after(Duration wait, Runnable step) {
        return loop.after(wait, guard.task(step));
    }

    private void cancelAll() {
        cancelNext();
        cancelWatch();
        if (listing != null) {
            listing.cancel();
            listing = null;
        }
        due = null;
    }

    private void cancelNext() {
        Loop.cancel(next);
        next = null;
    }

    private void cancelWatch() {
        if (watching != null) {
            watching.cancel();
            watching = null;
        }
    }

    private static Duration longer(Duration silence) {
        Duration twice = silence.multipliedBy(2);
        return twice.compareTo(MAX_AGE) < 0 ? twice : MAX_AGE;
    }
}
