package io.serviceresolver.benchmarks.peers;

import io.serviceresolver.benchmarks.subject.Subject;
import io.smallrye.mutiny.Uni;
import io.smallrye.stork.api.LoadBalancer;
import io.smallrye.stork.api.ServiceDiscovery;
import io.smallrye.stork.api.ServiceInstance;
import io.smallrye.stork.impl.DefaultServiceInstance;
import io.smallrye.stork.impl.RoundRobinLoadBalancer;
import io.smallrye.stork.loadbalancer.leastresponsetime.LeastResponseTimeConfiguration;
import io.smallrye.stork.loadbalancer.leastresponsetime.LeastResponseTimeLoadBalancer;
import io.smallrye.stork.loadbalancer.poweroftwochoices.PowerOfTwoChoicesConfiguration;
import io.smallrye.stork.loadbalancer.poweroftwochoices.PowerOfTwoChoicesLoadBalancerProvider;
import io.smallrye.stork.loadbalancer.random.RandomConfiguration;
import io.smallrye.stork.loadbalancer.random.RandomLoadBalancerProvider;
import io.smallrye.stork.loadbalancer.requests.LeastRequestsLoadBalancer;
import java.util.List;

/** Stork: a balancer that is given the list of all instances for each pick, as its service does. */
final class Stork implements Subject {

    private static final ServiceDiscovery NOWHERE = () -> Uni.createFrom().item(List.of());

    private final LoadBalancer balancer;
    private final Addresses<ServiceInstance> addresses;

    /** Written by the thread that updates, read by all. */
    private volatile List<ServiceInstance> instances;

    private Stork(LoadBalancer balancer, int count) {
        this.balancer = balancer;
        this.addresses = new Addresses<>(
                count, number -> new DefaultServiceInstance(number, Addresses.host(number), Addresses.PORT, false));
        this.instances = addresses.all();
    }

    static Stork roundRobin(int count) {
        return new Stork(new RoundRobinLoadBalancer(), count);
    }

    static Stork random(int count) {
        return new Stork(
                new RandomLoadBalancerProvider().createLoadBalancer(new RandomConfiguration(), NOWHERE), count);
    }

    static Stork twoChoices(int count) {
        return new Stork(
                new PowerOfTwoChoicesLoadBalancerProvider()
                        .createLoadBalancer(new PowerOfTwoChoicesConfiguration(), NOWHERE),
                count);
    }

    static Stork leastRequests(int count) {
        return new Stork(new LeastRequestsLoadBalancer(), count);
    }

    static Stork leastResponseTime(int count) {
        return new Stork(new LeastResponseTimeLoadBalancer(new LeastResponseTimeConfiguration()), count);
    }

    private ServiceInstance select() {
        return balancer.selectServiceInstance(instances);
    }

    @Override
    public Object pick() {
        return select().getId();
    }

    @Override
    public Object begin() {
        ServiceInstance chosen = select();
        chosen.recordStart(true);
        return chosen;
    }

    @Override
    public void end(Object call) {
        ServiceInstance instance = (ServiceInstance) call;
        instance.recordReply();
        instance.recordEnd(null);
    }

    @Override
    public void update() {
        addresses.replace();
        instances = addresses.all();
    }
}
