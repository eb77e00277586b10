package io.serviceresolver.k8s;

import io.serviceresolver.k8s.ApiFailure.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** One try to list a collection, page by page. Used by the scheduler's thread. */
final class ListAttempt<T> {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final ApiClient client;
    private final ApiResource resource;
    private final ItemReader<T> reader;
    private final Loop loop;
    private final Outcome<T> outcome;
    private final String what;
    private final List<T> items = new ArrayList<>();
    private @Nullable ApiCall call;
    private @Nullable Future<?> deadline;
    private boolean over;

    /** Hears of the end, once, on the scheduler's thread. */
    interface Outcome<T> {

        /** All items, and their version. */
        void listed(String version, List<T> items);

        /** There is no complete list. */
        void listFailed(ApiFailure failure);
    }

    ListAttempt(ApiClient client, ApiResource resource, ItemReader<T> reader, Loop loop, Outcome<T> outcome) {
        this.client = client;
        this.resource = resource;
        this.reader = reader;
        this.loop = loop;
        this.outcome = outcome;
        this.what = "list " + resource.shown();
    }

    /** Starts with this request; the deadline is for all pages together. */
    void start(String target) {
        deadline = loop.after(
                DEADLINE,
                () -> fail(new ApiFailure(Kind.SILENT, what + ": not complete after " + DEADLINE.toSeconds() + " s")));
        get(target);
    }

    /** Ends it without a word. */
    void cancel() {
        over = true;
        if (deadline != null) {
            deadline.cancel(false);
        }
        if (call != null) {
            call.cancel();
        }
    }

    private void get(String target) {
        call = client.list(
                target,
                what,
                new ListSink<>(
                        what, reader, page -> loop.run(() -> add(page)), failure -> loop.run(() -> fail(failure))));
    }

    private void add(ListPage<T> page) {
        if (over) {
            return;
        }
        items.addAll(page.items());
        if (!page.next().isEmpty()) {
            get(resource.listNext(page.next()));
            return;
        }
        cancel();
        outcome.listed(page.version(), items);
    }

    private void fail(ApiFailure failure) {
        if (!over) {
            cancel();
            outcome.listFailed(failure);
        }
    }
}
