package io.serviceresolver.benchmarks.peers;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.net.endpoint.EndpointResolverInternal;
import io.vertx.core.net.Address;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.endpoint.Endpoint;
import io.vertx.core.net.endpoint.LoadBalancer;
import io.vertx.core.spi.endpoint.EndpointBuilder;
import io.vertx.core.spi.endpoint.EndpointResolver;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The resolver of Vert.x over a list: whatever changes is built anew, as by its resolver for Kubernetes. */
final class VertxResolver {

    private static final long FOREVER_MILLIS = Long.MAX_VALUE;
    private static final Service SERVICE = new Service();

    private final Vertx vertx = Vertx.vertx();
    private final Endpoint endpoint;

    /** Written by the thread that updates. */
    private @Nullable State<?> state;

    VertxResolver(LoadBalancer policy, List<SocketAddress> servers) {
        EndpointResolverInternal resolver =
                EndpointResolverInternal.create((VertxInternal) vertx, new Source(servers), policy, FOREVER_MILLIS);
        endpoint = resolver.resolveEndpoint(SERVICE).await();
    }

    Endpoint endpoint() {
        return endpoint;
    }

    void publish(List<SocketAddress> servers) {
        Objects.requireNonNull(state).publish(servers);
    }

    void close() {
        vertx.close().await();
    }

    private static final class Service implements Address {}

    private static final class State<E> {

        private final EndpointBuilder<E, SocketAddress> builder;

        /** Written by the thread that updates, read by all. */
        private volatile E endpoint;

        State(EndpointBuilder<E, SocketAddress> builder, List<SocketAddress> servers) {
            this.builder = builder;
            this.endpoint = build(servers);
        }

        void publish(List<SocketAddress> servers) {
            endpoint = build(servers);
        }

        private E build(List<SocketAddress> servers) {
            EndpointBuilder<E, SocketAddress> next = builder;
            for (SocketAddress server : servers) {
                next = next.addServer(server);
            }
            return next.build();
        }
    }

    private final class Source implements EndpointResolver<Service, SocketAddress, State<Object>, Object> {

        private final List<SocketAddress> servers;

        Source(List<SocketAddress> servers) {
            this.servers = servers;
        }

        @Override
        public @Nullable Service tryCast(Address address) {
            return address instanceof Service service ? service : null;
        }

        @Override
        public SocketAddress addressOf(SocketAddress server) {
            return server;
        }

        @Override
        public Future<State<Object>> resolve(Service service, EndpointBuilder<Object, SocketAddress> builder) {
            State<Object> resolved = new State<>(builder, servers);
            state = resolved;
            return Future.succeededFuture(resolved);
        }

        @Override
        public Object endpoint(State<Object> resolved) {
            return resolved.endpoint;
        }

        @Override
        public boolean isValid(State<Object> resolved) {
            return true;
        }

        @Override
        public void dispose(State<Object> resolved) {}

        @Override
        public void close() {}
    }
}
