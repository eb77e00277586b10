package io.serviceresolver.benchmarks.peers;

import io.serviceresolver.benchmarks.subject.Subject;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.endpoint.Endpoint;
import io.vertx.core.net.endpoint.LoadBalancer;
import io.vertx.core.net.endpoint.ServerEndpoint;
import io.vertx.core.net.endpoint.ServerInteraction;
import java.util.Objects;

/** Vert.x: the endpoint that its resolver gives to a client, which selects a server of it for each request. */
final class Vertx implements Subject {

    private final Addresses<SocketAddress> addresses;
    private final VertxResolver resolver;
    private final Endpoint endpoint;

    private Vertx(LoadBalancer policy, int count) {
        addresses = new Addresses<>(
                count, number -> SocketAddress.inetSocketAddress(Addresses.PORT, Addresses.host(number)));
        resolver = new VertxResolver(policy, addresses.all());
        endpoint = resolver.endpoint();
    }

    static Vertx roundRobin(int count) {
        return new Vertx(LoadBalancer.ROUND_ROBIN, count);
    }

    static Vertx random(int count) {
        return new Vertx(LoadBalancer.RANDOM, count);
    }

    static Vertx leastRequests(int count) {
        return new Vertx(LoadBalancer.LEAST_REQUESTS, count);
    }

    static Vertx twoChoices(int count) {
        return new Vertx(LoadBalancer.POWER_OF_TWO_CHOICES, count);
    }

    @Override
    public Object pick() {
        return select().address();
    }

    private ServerEndpoint select() {
        return Objects.requireNonNull(endpoint.selectServer());
    }

    @Override
    public Object begin() {
        ServerInteraction call = select().newInteraction();
        call.reportRequestBegin();
        call.reportRequestEnd();
        return call;
    }

    @Override
    public void end(Object call) {
        ServerInteraction interaction = (ServerInteraction) call;
        interaction.reportResponseBegin();
        interaction.reportResponseEnd();
    }

    @Override
    public void update() {
        addresses.replace();
        resolver.publish(addresses.all());
    }

    @Override
    public void close() {
        resolver.close();
    }
}
