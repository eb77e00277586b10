package io.serviceresolver.benchmarks;

import io.serviceresolver.ServiceHandle;
import io.serviceresolver.ServiceResolver;
import io.serviceresolver.balancer.BalancerFactory;
import io.serviceresolver.balancer.Candidate;
import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.source.StaticSource;
import io.serviceresolver.testkit.VirtualTime;
import java.util.ArrayList;
import java.util.List;

/** This library, whole: a resolver with a static source. Its event loop runs on the thread that updates. */
final class Ours implements Subject {

    private static final String SERVICE = "skippy";

    /** How long calls are said to take that are not timed. */
    private static final long LATENCY_NANOS = 1_000_000;

    private final VirtualTime eventLoop = new VirtualTime();
    private final StaticSource source = StaticSource.empty();
    private final ServiceResolver resolver;
    private final ServiceHandle handle;
    private final List<Endpoint> endpoints = new ArrayList<>();
    private int updates;

    Ours(BalancerFactory balancer, int count) {
        resolver = ServiceResolver.builder()
                .source(source)
                .balancer(balancer)
                .time(System::nanoTime, eventLoop)
                .build();
        for (int i = 0; i < count; i++) {
            endpoints.add(endpoint(i));
        }
        handle = resolver.service(SERVICE);
        source.set(SERVICE, endpoints);
        eventLoop.runDue();
    }

    private static Endpoint endpoint(int number) {
        return Endpoint.of("10." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255), 80);
    }

    @Override
    public Object pick() {
        return handle.resolve();
    }

    @Override
    public Object begin() {
        return handle.begin();
    }

    @Override
    public void end(Object call) {
        ((Candidate) call).end(Outcome.SUCCESS, LATENCY_NANOS);
    }

    @Override
    public void update() {
        int number = endpoints.size() + updates++ % 10_000;
        endpoints.set(updates % endpoints.size(), endpoint(number));
        source.set(SERVICE, endpoints);
        eventLoop.runDue();
    }

    @Override
    public void close() {
        resolver.close();
    }

    /** The same, found by its name each time. */
    Subject byName() {
        return new ByName(this);
    }

    /** The same, with a lease for each call. */
    Subject withLeases() {
        return new WithLeases(this);
    }

    private record ByName(Ours ours) implements Subject {

        @Override
        public Object pick() {
            return ours.resolver.service(SERVICE).resolve();
        }

        @Override
        public void update() {
            ours.update();
        }

        @Override
        public void close() {
            ours.close();
        }
    }

    private record WithLeases(Ours ours) implements Subject {

        @Override
        public Object pick() {
            return ours.pick();
        }

        @Override
        public Object begin() {
            return ours.handle.acquire();
        }

        @Override
        public void end(Object call) {
            ((Lease) call).success();
        }

        @Override
        public void update() {
            ours.update();
        }

        @Override
        public void close() {
            ours.close();
        }
    }
}
