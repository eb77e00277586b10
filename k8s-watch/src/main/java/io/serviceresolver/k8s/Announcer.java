package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.Target;
import io.serviceresolver.source.SourceAnswer;
import io.serviceresolver.source.SourceAnswer.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who want to know of one target, and when they are told: changes at once, but not one by one when there are many;
 * that nothing is certain any more, after a grace. Used by the scheduler's thread.
 */
final class Announcer {

    private static final Logger log = LoggerFactory.getLogger(EndpointSliceSource.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration BETWEEN_ANSWERS = Duration.ofMillis(20);

    private final Target target;
    private final ApiResource resource;
    private final WatchOptions options;
    private final Loop loop;
    private final Answers answers;
    private final List<FeedSubscription> subscriptions = new ArrayList<>();
    private boolean complete;
    private boolean announced;

    /** What went wrong since it was last current; null where nothing did. */
    private @Nullable ApiFailure trouble;

    /** Whether it has not been current for so long that it is to be told. */
    private boolean stale;

    private boolean closed;
    private long toldNanos;
    private @Nullable Future<?> grace;
    private @Nullable Future<?> later;

    /** Knows what to tell. */
    interface Answers {

        /** What is known, once there has been a complete list; null where it is not to be told yet. */
        @Nullable
        SourceAnswer answer(FeedSubscription subscription);

        /** Everybody was told. */
        void told();
    }

    /**
     * Starts without anybody to tell.
     *
     * @param target what it is about
     * @param resource where it is known from
     * @param options what can be set
     * @param loop the scheduler
     * @param answers knows what to tell
     */
    Announcer(Target target, ApiResource resource, WatchOptions options, Loop loop, Answers answers) {
        this.target = target;
        this.resource = resource;
        this.options = options;
        this.loop = loop;
        this.answers = answers;
        this.toldNanos = loop.now() - BETWEEN_ANSWERS.toNanos();
    }

    /** Begins to wait for the first list. */
    void start() {
        grace = loop.after(PATIENCE, () -> tellStale(false));
    }

    void add(FeedSubscription subscription) {
        subscriptions.add(subscription);
        tell(subscription);
    }

    /** Takes a subscription out: whether it was the last one. */
    boolean remove(FeedSubscription subscription) {
        subscriptions.remove(subscription);
        return subscriptions.isEmpty();
    }

    void close() {
        closed = true;
        subscriptions.forEach(FeedSubscription::close);
        cancel(grace);
        cancel(later);
    }

    /** There has been a complete list. */
    void completed() {
        complete = true;
    }

    /** It is current, with so many objects. */
    void live(int objects) {
        cancel(grace);
        grace = null;
        trouble = null;
        if (stale || !announced) {
            announced = true;
            stale = false;
            log.info("{}: watching {}: {}", target, resource.shown(), objects);
            publish();
        }
    }

    /** It is no longer kept current. */
    void lost(ApiFailure failure) {
        boolean another = trouble == null || trouble.kind() != failure.kind();
        trouble = failure;
        log.debug("{}: {}", target, failure.reason());
        if (stale || !complete) {
            tellStale(another);
        } else if (grace == null) {
            grace = loop.after(options.disconnectGrace(), () -> tellStale(true));
        }
    }

    private void tellStale(boolean worthALine) {
        cancel(grace);
        grace = null;
        stale = true;
        if (trouble != null && worthALine) {
            log.warn("{}: {}", target, AccessHint.explain(trouble, resource));
        }
        publish();
    }

    /** Tells everybody, at once or as soon as enough time has passed since the last time. */
    void publish() {
        if (closed || later != null) {
            return;
        }
        Duration wait = BETWEEN_ANSWERS.minusNanos(loop.now() - toldNanos);
        if (wait.isNegative() || wait.isZero()) {
            tellAll();
        } else {
            later = loop.after(wait, () -> {
                later = null;
                tellAll();
            });
        }
    }

    private void tellAll() {
        toldNanos = loop.now();
        List.copyOf(subscriptions).forEach(this::tell);
        answers.told();
    }

    private void tell(FeedSubscription subscription) {
        SourceAnswer answer = stale ? unavailable() : complete ? answers.answer(subscription) : null;
        if (answer != null) {
            subscription.tell(answer);
        }
    }

    private Unavailable unavailable() {
        return new Unavailable(
                trouble == null ? "the API server has not answered yet" : AccessHint.explain(trouble, resource));
    }

    static void cancel(@Nullable Future<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
