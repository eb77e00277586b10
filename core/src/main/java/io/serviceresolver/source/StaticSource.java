package io.serviceresolver.source;

import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.endpoint.ServiceTraits;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Endpoints that the program itself states, for tests and for runs outside a cluster. What is set can be changed at any
 * time; whoever follows the service is told, on the scheduler of its {@link SourceContext}, of each change and in the
 * order of the changes. Any address is taken, loopback too. Thread-safe.
 *
 * <p>A service is named as a caller names it: {@code skippy} means the Service of that name in the namespace of the
 * resolver that asks, {@code skippy.shield}, {@code skippy.shield.svc} and {@code skippy.shield.svc.cluster.local} the
 * one in namespace {@code shield}. A name without a port answers for every port of the service; a name with a port, such
 * as {@code skippy:http} or {@code skippy:8080}, answers for just that port, and goes before the one without. A name with
 * a namespace goes before the one without. What was never set is absent.
 */
public final class StaticSource implements EndpointSource {

    private static final Logger log = LoggerFactory.getLogger(StaticSource.class);

    private static final SourceAnswer NOT_LISTED = new SourceAnswer.Absent("not in the static list");
    private static final ClusterContext ANY =
            new ClusterContext(ClusterContext.DEFAULT_NAMESPACE, ClusterContext.DEFAULT_DOMAIN);

    private final Object lock = new Object();

    /** What was set last, by key. Guarded by {@link #lock}. */
    private final Map<String, SourceAnswer> entries = new HashMap<>();

    /** Who is told. Guarded by {@link #lock}. */
    private final Set<Follower> followers = new LinkedHashSet<>();

    private StaticSource() {}

    /** A source that lists no service yet. */
    public static StaticSource empty() {
        return new StaticSource();
    }

    /**
     * A source that lists one service.
     *
     * @param service its name
     * @param endpoints all its endpoints
     * @return the source, to which more can be added
     * @throws IllegalArgumentException if the name is not valid
     */
    public static StaticSource of(String service, Endpoint... endpoints) {
        return new StaticSource().set(service, endpoints);
    }

    /**
     * States the endpoints of a service, in place of what was stated of it before.
     *
     * @param service its name
     * @param endpoints all its endpoints; none: the service exists and has no endpoints
     * @return this source
     * @throws IllegalArgumentException if the name is not valid
     */
    public StaticSource set(String service, Endpoint... endpoints) {
        return set(service, Arrays.asList(endpoints));
    }

    /**
     * States the endpoints of a service, in place of what was stated of it before.
     *
     * @param service its name
     * @param endpoints all its endpoints; none: the service exists and has no endpoints
     * @return this source
     * @throws IllegalArgumentException if the name is not valid
     */
    public StaticSource set(String service, Collection<Endpoint> endpoints) {
        return set(service, endpoints, ServiceTraits.DEFAULT);
    }

    /**
     * States the endpoints of a service and what holds for all of them, in place of what was stated of it before.
     *
     * @param service its name
     * @param endpoints all its endpoints; none: the service exists and has no endpoints
     * @param traits what decides which of them may be called
     * @return this source
     * @throws IllegalArgumentException if the name is not valid
     */
    public StaticSource set(String service, Collection<Endpoint> endpoints, ServiceTraits traits) {
        return state(service, before -> {
            EndpointSet set = before instanceof SourceAnswer.Found found ? found.endpoints() : EndpointSet.EMPTY;
            return new SourceAnswer.Found(set.next(endpoints, traits));
        });
    }

    /**
     * States that a service does not exist.
     *
     * @param service its name
     * @return this source
     * @throws IllegalArgumentException if the name is not valid
     */
    public StaticSource absent(String service) {
        return state(service, before -> NOT_LISTED);
    }

    /**
     * States that nothing can be said of a service, as a source does whose connection broke.
     *
     * @param service its name
     * @param reason why not: one line
     * @return this source
     * @throws IllegalArgumentException if the name is not valid
     */
    public StaticSource unavailable(String service, String reason) {
        return state(service, before -> new SourceAnswer.Unavailable(reason));
    }

    @Override
    public String name() {
        return "static";
    }

    @Override
    public Origin origin() {
        return Origin.LOCAL;
    }

    @Override
    public SourceSubscription subscribe(ServiceName service, SourceContext context, SourceListener listener) {
        Follower follower = new Follower(keys(service, context.cluster()), context, listener);
        synchronized (lock) {
            followers.add(follower);
            follower.tell(follower.key().map(entries::get).orElse(NOT_LISTED));
        }
        return follower;
    }

    /** States what follows from what was stated before. */
    private StaticSource state(String service, UnaryOperator<SourceAnswer> next) {
        String key = key(service);
        synchronized (lock) {
            SourceAnswer answer = next.apply(entries.getOrDefault(key, NOT_LISTED));
            entries.put(key, answer);
            followers.stream()
                    .filter(follower -> follower.key().filter(key::equals).isPresent())
                    .forEach(follower -> follower.tell(answer));
        }
        return this;
    }

    /** The key of a name as it was written: service, namespace where it has one, port where it has one. */
    private static String key(String text) {
        String host = text.split(":", 2)[0];
        boolean twoLabels = host.chars().filter(c -> c == '.').count() == 1;
        // The program may name any namespace here: the name is read in the form that needs no leave for it.
        ServiceName name = ServiceName.parse(twoLabels ? host + ".svc" + text.substring(host.length()) : text, ANY);
        return (host.contains(".") ? name.qualified() : name.service()) + suffix(name);
    }

    /** The keys that answer for a service, the one that goes first at the front. */
    private static List<String> keys(ServiceName service, ClusterContext cluster) {
        boolean own = service.namespace().equals(cluster.namespace());
        List<String> names = own ? List.of(service.qualified(), service.service()) : List.of(service.qualified());
        return Stream.of(suffix(service), "")
                .distinct()
                .flatMap(suffix -> names.stream().map(name -> name + suffix))
                .toList();
    }

    private static String suffix(ServiceName name) {
        return name.port().equals(ServicePort.ONLY) ? "" : ":" + name.port();
    }

    /** One subscription. */
    private final class Follower implements SourceSubscription {

        private final List<String> keys;
        private final SourceContext context;
        private final SourceListener listener;

        /** The set told last. Read and written by the scheduler's thread only. */
        private EndpointSet endpoints = EndpointSet.EMPTY;

        /** Written once, by whoever closes. */
        private volatile boolean closed;

        Follower(List<String> keys, SourceContext context, SourceListener listener) {
            this.keys = keys;
            this.context = context;
            this.listener = listener;
        }

        /** The key whose entry answers at this moment. To be called with the lock held. */
        Optional<String> key() {
            return keys.stream().filter(entries::containsKey).findFirst();
        }

        /** Has the listener told by the scheduler. To be called with the lock held, which keeps the order. */
        void tell(SourceAnswer answer) {
            try {
                context.scheduler().execute(() -> deliver(answer));
            } catch (RejectedExecutionException e) {
                log.debug("static: nobody is left to tell, the scheduler was shut down");
            }
        }

        private void deliver(SourceAnswer answer) {
            if (closed) {
                return;
            }
            if (answer instanceof SourceAnswer.Found found) {
                endpoints = endpoints.next(
                        found.endpoints().endpoints(), found.endpoints().traits());
                listener.onAnswer(new SourceAnswer.Found(endpoints));
            } else {
                listener.onAnswer(answer);
            }
        }

        @Override
        public void close() {
            closed = true;
            synchronized (lock) {
                followers.remove(this);
            }
        }
    }
}
