package io.serviceresolver.k8s;

import io.serviceresolver.k8s.ApiFailure.Kind;
import io.serviceresolver.k8s.WatchAttempt.Due;
import io.serviceresolver.source.SourceContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

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
 *   <li>A list that is suddenly empty is believed when a second one, of the newest version, says so too.
 * </ul>
 */
final class Reflector<T> implements ListAttempt.Outcome<T>, WatchAttempt.Outcome<T> {

    private static final Duration STABLE = Duration.ofSeconds(10);
    private static final Duration MIN_AGE = Duration.ofMinutes(5);
    private static final Duration MAX_AGE = Duration.ofMinutes(10);
    private static final Duration CONFIRM_AFTER = Duration.ofSeconds(1);

    /** As often a watch is asked for that the server fails at, from one version: it may be the version that it cannot go on from. */
    private static final int MOST_RESUMPTIONS = 5;

    private final ApiResource resource;
    private final ApiClient client;
    private final ItemReader<T> reader;
    private final State<T> state;
    private final Loop loop;
    private final RetryWaits waits;
    private final Duration shortestSilence;

    // All that follows is written and read by the scheduler's thread.
    private Version status = Version.NONE;
    private String version = "";
    private String asked = "";
    private Duration silence;
    private int resumptions;
    private @Nullable Due due;
    private @Nullable ListAttempt<T> listing;
    private @Nullable WatchAttempt<T> watching;
    private @Nullable Future<?> next;

    /** What is kept current. Called on the scheduler's thread. */
    interface State<T> {

        /**
         * Takes these as all that there are.
         *
         * @return whether that makes a difference
         */
        boolean replaceAll(List<T> items);

        /** Takes a new or changed one. */
        void put(T item);

        /** Drops the one of this name, if it is there. */
        void remove(String name);

        /** Whether there is none. */
        boolean isEmpty();

        /** A batch of changes is complete. */
        void changed();

        /** It is current. */
        void live();

        /** It is no longer kept current, for this reason. */
        void lost(ApiFailure failure);
    }

    /** What the version is good for. */
    private enum Version {
        /** There has been no list yet. */
        NONE,
        /** A watch goes on from it. */
        GOOD,
        /** Nothing: only the newest list will do. */
        EXPIRED,
        /** As expired; besides, the last list was empty, which this one has to confirm. */
        DOUBTED
    }

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
            State<T> state) {
        this.resource = resource;
        this.client = client;
        this.reader = reader;
        this.state = state;
        this.loop = new Loop(context);
        this.waits = new RetryWaits(context.random());
        this.shortestSilence = silence;
        this.silence = silence;
    }

    /** Begins with a list of this version or a newer one; of any where this is empty. */
    void listSince(String known) {
        if (!known.isEmpty()) {
            version = known;
            status = Version.GOOD;
        }
        list();
    }

    /** The version that it has come to; empty where there is none to go on from. */
    String version() {
        return status == Version.GOOD ? version : "";
    }

    /** Begins: a list; a list that is on its way is waited for. */
    void list() {
        cancelNext();
        if (listing == null) {
            asked = version;
            listing = new ListAttempt<>(client, resource, reader, loop, this);
            listing.start(
                    switch (status) {
                        case NONE -> resource.listAny();
                        case GOOD -> resource.listSince(version);
                        case EXPIRED, DOUBTED -> resource.listNewest();
                    });
        }
    }

    /** Ends it. */
    void close() {
        cancelNext();
        cancelWatch();
        if (listing != null) {
            listing.cancel();
        }
    }

    @Override
    public void listed(String newVersion, List<T> items) {
        listing = null;
        if (watching != null && status == Version.GOOD && !version.equals(asked)) {
            // The watch that goes on has spoken meanwhile: what it said may be newer than the list.
            due = null;
            watch();
            return;
        }
        if (items.isEmpty() && !state.isEmpty() && status != Version.DOUBTED) {
            status = Version.DOUBTED;
            next = loop.after(CONFIRM_AFTER, this::list);
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
        version = newVersion;
        status = Version.GOOD;
        resumptions = 0;
        state.live();
        state.changed();
        watch();
    }

    @Override
    public void listFailed(ApiFailure failure) {
        listing = null;
        boolean useless = failure.kind() == Kind.EXPIRED || failure.kind() == Kind.GARBLED;
        if (useless && status != Version.DOUBTED) {
            // What is too large in one piece can be read page by page.
            status = Version.EXPIRED;
        }
        if (watching != null && watching.isHeard()) {
            next = loop.after(waits.after(failure), this::list);
        } else {
            cancelWatch();
            again(failure, this::list);
        }
    }

    @Override
    public void watching() {
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
            status = Version.EXPIRED;
        }
        if (listing != null || status == Version.DOUBTED) {
            // A list is on its way, or about to be: a watch will follow it.
            state.lost(failure);
            return;
        }
        boolean resumes = switch (failure.kind()) {
            case UNREACHABLE, UNAUTHORIZED -> true;
            case BUSY -> ++resumptions <= MOST_RESUMPTIONS;
            case UNTRUSTED, SILENT, EXPIRED, FORBIDDEN, UNKNOWN_API, REJECTED, GARBLED -> false;
        };
        again(failure, resumes ? this::watch : this::list);
    }

    @Override
    public void watchDue(Due why) {
        due = why;
        list();
    }

    private void watch() {
        cancelNext();
        cancelWatch();
        watching = new WatchAttempt<>(resource, loop, silence, this);
        watching.start(client, reader, version, waits.between(MIN_AGE, MAX_AGE));
    }

    private void again(ApiFailure failure, Runnable step) {
        cancelNext();
        next = loop.after(waits.after(failure), step);
        state.lost(failure);
    }

    private void advance(String newer) {
        if (!newer.isEmpty()) {
            version = newer;
            resumptions = 0;
        }
    }

    private void cancelNext() {
        if (next != null) {
            next.cancel(false);
            next = null;
        }
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
