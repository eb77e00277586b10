package io.serviceresolver.benchmarks.peers;

import io.serviceresolver.benchmarks.subject.Subject;
import java.util.List;
import java.util.Objects;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.loadbalancer.core.RandomLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ReactorServiceInstanceLoadBalancer;
import org.springframework.cloud.loadbalancer.core.RoundRobinLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.SimpleObjectProvider;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Spring Cloud LoadBalancer, without the cache that it has by default: a balancer over a supplier of lists. */
final class Spring implements Subject {

    private static final String SERVICE = "skippy";

    private final Addresses<ServiceInstance> addresses;
    private final ReactorServiceInstanceLoadBalancer balancer;

    /** Written by the thread that updates, read by all. */
    private volatile List<ServiceInstance> instances;

    private Spring(int count, Policy policy) {
        addresses = new Addresses<>(
                count,
                number -> new DefaultServiceInstance(
                        "pod-" + number, SERVICE, Addresses.host(number), Addresses.PORT, false));
        instances = addresses.all();
        balancer = policy.over(new SimpleObjectProvider<>(new Supplier()));
    }

    static Spring roundRobin(int count) {
        return new Spring(count, supplier -> new RoundRobinLoadBalancer(supplier, SERVICE));
    }

    static Spring random(int count) {
        return new Spring(count, supplier -> new RandomLoadBalancer(supplier, SERVICE));
    }

    @Override
    public Object pick() {
        return Objects.requireNonNull(
                Objects.requireNonNull(Mono.from(balancer.choose()).block()).getServer());
    }

    @Override
    public void update() {
        addresses.replace();
        instances = addresses.all();
    }

    /** How a balancer is made over a supplier. */
    @FunctionalInterface
    private interface Policy {

        ReactorServiceInstanceLoadBalancer over(SimpleObjectProvider<ServiceInstanceListSupplier> supplier);
    }

    private final class Supplier implements ServiceInstanceListSupplier {

        @Override
        public String getServiceId() {
            return SERVICE;
        }

        @Override
        public Flux<List<ServiceInstance>> get() {
            return Flux.just(instances);
        }
    }
}
