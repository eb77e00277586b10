package io.serviceresolver.k8s;

import io.serviceresolver.source.SourceAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All who want to know of one target, and what each of them is told. Used by the scheduler's thread. */
final class Audience {

    private final Function<FeedSubscription, @Nullable SourceAnswer> answers;
    private final List<FeedSubscription> subscriptions = new ArrayList<>();

    /**
     * Starts without anybody.
     *
     * @param answers what a subscription is to be told now; null for nothing yet
     */
    Audience(Function<FeedSubscription, @Nullable SourceAnswer> answers) {
        this.answers = answers;
    }

    /** Takes a subscription in, and tells it what is known. */
    void add(FeedSubscription subscription) {
        subscriptions.add(subscription);
        tell(subscription);
    }

    /** Takes a subscription out: whether it was the last one. */
    boolean remove(FeedSubscription subscription) {
        subscriptions.remove(subscription);
        return subscriptions.isEmpty();
    }

    /** Tells all: whether there was anything to tell. */
    boolean tellAll() {
        boolean told = false;
        for (FeedSubscription subscription : List.copyOf(subscriptions)) {
            told |= tell(subscription);
        }
        return told;
    }

    private boolean tell(FeedSubscription subscription) {
        SourceAnswer answer = answers.apply(subscription);
        if (answer != null) {
            subscription.tell(answer);
        }
        return answer != null;
    }

    void close() {
        subscriptions.forEach(FeedSubscription::close);
    }
}
