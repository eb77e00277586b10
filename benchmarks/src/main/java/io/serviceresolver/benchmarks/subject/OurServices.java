package io.serviceresolver.benchmarks.subject;

import io.serviceresolver.ServiceHandle;
import io.serviceresolver.ServiceResolver;
import io.serviceresolver.testkit.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** This library, with as many services of 100 endpoints as make up a number; none for less than 100. */
final class OurServices implements Subject {

    private static final int EACH = 100;

    private final ServiceResolver resolver;
    private final List<ServiceHandle> handles = new ArrayList<>();

    private OurServices(ServiceResolver resolver) {
        this.resolver = resolver;
    }

    static OurServices following(int count) {
        VirtualTime eventLoop = new VirtualTime();
        Pods pods = new Pods();
        OurServices ours = new OurServices(ServiceResolver.builder()
                .source(new LiveSource(asked -> pods.pods(asked * EACH, EACH)))
                .maxServices(count)
                .time(System::nanoTime, eventLoop)
                .build());
        for (int i = 0; i < count / EACH; i++) {
            ServiceHandle handle = ours.resolver.service("skippy-" + i);
            ours.handles.add(handle);
            handle.resolveAsync();
            eventLoop.runDue();
        }
        return ours;
    }

    /** Without a service, and with the threads of its own. */
    static OurServices resting() {
        return new OurServices(ServiceResolver.builder()
                .source(new LiveSource(asked -> List.of()))
                .build());
    }

    @Override
    public Object pick() {
        return handles.isEmpty()
                ? resolver
                : Objects.requireNonNull(handles.get(0)).resolve();
    }

    @Override
    public void update() {
        throw new UnsupportedOperationException("update: many services (expected: rr, which is one of them)");
    }

    @Override
    public void close() {
        resolver.close();
    }
}
