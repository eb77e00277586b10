package io.serviceresolver.benchmarks.peers;

import com.linecorp.armeria.client.ClientRequestContext;
import com.linecorp.armeria.client.Endpoint;
import com.linecorp.armeria.client.endpoint.DynamicEndpointGroup;
import com.linecorp.armeria.client.endpoint.EndpointSelectionStrategy;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import io.serviceresolver.benchmarks.subject.Subject;
import java.util.List;
import java.util.Objects;

/** Armeria: a group of endpoints that selects one for the context of a request. */
final class Armeria implements Subject {

    private final Addresses<Endpoint> addresses;
    private final Group group;
    private final ClientRequestContext request = ClientRequestContext.of(HttpRequest.of(HttpMethod.GET, "/"));

    private Armeria(EndpointSelectionStrategy strategy, Addresses<Endpoint> addresses) {
        this.addresses = addresses;
        this.group = new Group(strategy);
        group.publish(addresses.all());
    }

    static Armeria roundRobin(int count) {
        return new Armeria(EndpointSelectionStrategy.roundRobin(), new Addresses<>(count, Armeria::endpoint));
    }

    /** With weights that differ. */
    static Armeria weighted(int count) {
        return new Armeria(
                EndpointSelectionStrategy.weightedRoundRobin(),
                new Addresses<>(count, number -> endpoint(number).withWeight(1 + number % 3)));
    }

    private static Endpoint endpoint(int number) {
        return Endpoint.of(Addresses.host(number), Addresses.PORT);
    }

    @Override
    public Object pick() {
        return Objects.requireNonNull(group.selectNow(request));
    }

    @Override
    public void update() {
        addresses.replace();
        group.publish(addresses.all());
    }

    @Override
    public void close() {
        group.close();
    }

    /** A group as discovery makes one. */
    private static final class Group extends DynamicEndpointGroup {

        Group(EndpointSelectionStrategy strategy) {
            super(strategy);
        }

        void publish(List<Endpoint> endpoints) {
            setEndpoints(endpoints);
        }
    }
}
