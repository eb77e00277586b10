package io.serviceresolver.benchmarks.peers;

import io.serviceresolver.benchmarks.subject.Subject;
import io.servicetalk.client.api.DefaultServiceDiscovererEvent;
import io.servicetalk.client.api.LoadBalancer;
import io.servicetalk.client.api.ServiceDiscovererEvent;
import io.servicetalk.client.api.ServiceDiscovererEvent.Status;
import io.servicetalk.concurrent.PublisherSource;
import io.servicetalk.concurrent.api.Processors;
import io.servicetalk.concurrent.api.SourceAdapters;
import io.servicetalk.loadbalancer.LoadBalancers;
import io.servicetalk.loadbalancer.LoadBalancingPolicies;
import io.servicetalk.loadbalancer.LoadBalancingPolicy;
import java.util.Collection;
import java.util.List;

/** ServiceTalk: a balancer of connections, one for each endpoint here, fed by events of discovery. */
final class ServiceTalk implements Subject {

    private final Addresses<String> addresses;
    private final PublisherSource.Processor<
                    Collection<ServiceDiscovererEvent<String>>, Collection<ServiceDiscovererEvent<String>>>
            discovery = Processors.newPublisherProcessor();
    private final LoadBalancer<TalkConnection> balancer;

    private ServiceTalk(LoadBalancingPolicy<String, TalkConnection> policy, int count) {
        addresses = new Addresses<>(count, number -> Addresses.host(number) + ":" + Addresses.PORT);
        balancer = LoadBalancers.<String, TalkConnection>builder("skippy")
                .loadBalancingPolicy(policy)
                .build()
                .newLoadBalancer(SourceAdapters.fromSource(discovery), new TalkConnection.Factory(), "skippy");
        discovery.onNext(addresses.all().stream()
                .map(address -> event(address, Status.AVAILABLE))
                .toList());
    }

    static ServiceTalk roundRobin(int count) {
        return new ServiceTalk(LoadBalancingPolicies.roundRobin().build(), count);
    }

    static ServiceTalk twoChoices(int count) {
        return new ServiceTalk(LoadBalancingPolicies.p2c().build(), count);
    }

    private static ServiceDiscovererEvent<String> event(String address, Status status) {
        return new DefaultServiceDiscovererEvent<>(address, status);
    }

    private TalkConnection select() {
        TalkSelection selection = new TalkSelection();
        SourceAdapters.toSource(balancer.selectConnection(TalkConnection::accepts, null))
                .subscribe(selection);
        return selection.connection();
    }

    @Override
    public Object pick() {
        TalkConnection connection = select();
        connection.requestFinished();
        return connection;
    }

    @Override
    public Object begin() {
        TalkConnection connection = select();
        return new Call(connection, connection.tracker().beforeRequestStart());
    }

    @Override
    public void end(Object call) {
        Call ended = (Call) call;
        ended.connection().tracker().onRequestSuccess(ended.startNanos());
        ended.connection().requestFinished();
    }

    @Override
    public void update() {
        String leaving = addresses.leaving();
        discovery.onNext(List.of(event(addresses.replace(), Status.AVAILABLE), event(leaving, Status.UNAVAILABLE)));
    }

    @Override
    public void close() {
        discovery.onComplete();
        SourceAdapters.toSource(balancer.closeAsync()).subscribe(new TalkSelection.End());
    }

    private record Call(TalkConnection connection, long startNanos) {}
}
