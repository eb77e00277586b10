package io.serviceresolver.benchmarks.subject;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServiceTraits;
import io.serviceresolver.source.EndpointSource;
import io.serviceresolver.source.SourceAnswer;
import io.serviceresolver.source.SourceContext;
import io.serviceresolver.source.SourceListener;
import io.serviceresolver.source.SourceSubscription;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The smallest source: it says the whole set, at once and whenever it is told another one. Event loop only. */
final class LiveSource implements EndpointSource {

    private final IntFunction<Collection<Endpoint>> services;
    private final AtomicReference<@Nullable Line> newest = new AtomicReference<>();

    /** Which gives the n-th service that it is asked for what the function says. */
    LiveSource(IntFunction<Collection<Endpoint>> services) {
        this.services = services;
    }

    private int asked;

    @Override
    public String name() {
        return "live";
    }

    @Override
    public Origin origin() {
        return Origin.LOCAL;
    }

    @Override
    public SourceSubscription subscribe(ServiceName service, SourceContext context, SourceListener listener) {
        Line line = new Line(listener);
        newest.set(line);
        line.say(services.apply(asked++));
        return () -> {};
    }

    /** Says all endpoints there are now of the service asked for last. */
    void say(Collection<Endpoint> endpoints) {
        Line line = newest.get();
        if (line == null) {
            throw new IllegalStateException("nobody has asked yet");
        }
        line.say(endpoints);
    }

    private static final class Line {

        private final SourceListener listener;
        private EndpointSet set = EndpointSet.EMPTY;

        Line(SourceListener listener) {
            this.listener = listener;
        }

        void say(Collection<Endpoint> endpoints) {
            set = set.next(endpoints, ServiceTraits.DEFAULT);
            listener.onAnswer(new SourceAnswer.Found(set));
        }
    }
}
