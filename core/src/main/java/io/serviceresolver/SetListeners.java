package io.serviceresolver;

import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.source.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who listens to a handle. Thread-safe. */
final class SetListeners {

    private static final Logger log = LoggerFactory.getLogger(SetListeners.class);

    private final ServiceView view;
    private final List<SetListener> all = new CopyOnWriteArrayList<>();

    SetListeners(ServiceView view) {
        this.view = view;
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    void offer(EndpointSet set) {
        all.forEach(listener -> listener.offer(set));
    }

    Subscription add(Consumer<EndpointSet> listener) {
        ServiceFeed feed = view.feed();
        SetListener guarded = new SetListener(listener, feed.callbacks());
        feed.execute(() -> {
            all.add(guarded);
            if (guarded.isEnded()) {
                all.remove(guarded);
            } else {
                guarded.offer(view.known());
                feed.listening(view);
            }
        });
        return () -> remove(guarded);
    }

    private void remove(SetListener guarded) {
        guarded.end();
        all.remove(guarded);
        try {
            view.feed().execute(() -> view.feed().listening(view));
        } catch (IllegalStateException closed) {
            log.debug("{}: a listener ended after the resolver", view);
        }
    }
}
