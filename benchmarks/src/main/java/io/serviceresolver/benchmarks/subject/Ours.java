package io.serviceresolver.benchmarks.subject;

import io.serviceresolver.ServiceHandle;
import io.serviceresolver.ServiceResolver;
import io.serviceresolver.balancer.BalancerFactory;
import io.serviceresolver.balancer.Candidate;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.testkit.VirtualTime;
import java.util.Collection;

/** This library, whole: a resolver and the handle of a service. Its event loop runs on the thread that updates. */
class Ours implements Subject {

    private static final String SERVICE = "skippy";

    /** How long calls are said to take that are not timed. */
    private static final long LATENCY_NANOS = 1_000_000;

    private final VirtualTime eventLoop = new VirtualTime();
    private final Rollout rollout;
    private final LiveSource source;
    private final ServiceResolver resolver;
    private final ServiceHandle handle;

    Ours(BalancerFactory balancer, int count) {
        rollout = new Rollout(count);
        source = new LiveSource(asked -> rollout.pods());
        resolver = ServiceResolver.builder()
                .source(source)
                .balancer(balancer)
                .time(System::nanoTime, eventLoop)
                .build();
        handle = resolver.service(SERVICE);
        handle.resolveAsync();
        eventLoop.runDue();
    }

    final ServiceHandle handle() {
        return handle;
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
    public final void update() {
        Collection<Endpoint> now = rollout.next();
        eventLoop.execute(() -> source.say(now));
        eventLoop.runDue();
    }

    @Override
    public final void close() {
        resolver.close();
    }
}
