package io.serviceresolver;

import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.Topology;
import io.serviceresolver.source.StaticSource;
import io.serviceresolver.testkit.VirtualTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** A whole resolver that follows one service. The tasks of its event loop wait for the thread that is to be it. */
final class Engine {

    private static final ClusterContext CLUSTER = new ClusterContext("shield", ClusterContext.DEFAULT_DOMAIN);

    private final VirtualTime loop = new VirtualTime();
    private final StaticSource source = StaticSource.empty().unavailable("skippy", "nothing was said yet");
    final ServiceView skippy;

    Engine() {
        ServiceResolver resolver = ServiceResolver.builder()
                .source(source)
                .cluster(CLUSTER)
                .topology(Topology.UNKNOWN)
                .random(() -> ThreadLocalRandom.current().nextLong())
                .time(loop::nanoTime, loop)
                .build();
        skippy = (ServiceView) resolver.service("skippy");
        run();
    }

    Engine(int... pods) {
        this();
        say(pods);
        run();
    }

    /** Has the source say something; the event loop is still to hear it. */
    void say(int... pods) {
        source.set("skippy", Arrays.stream(pods).mapToObj(Sets::pod).toList());
    }

    /** The event loop does what it is to do now. */
    void run() {
        loop.runDue();
    }

    /** The event loop does what it is to do until then. */
    void run(Duration time) {
        loop.advance(time);
    }

    Host host(Endpoint endpoint) {
        List<Host> hosts = skippy.feed().hosts();
        return hosts.stream()
                .filter(host -> host.endpoint().equals(endpoint))
                .findFirst()
                .orElseThrow();
    }

    /** A call to one of its Pods. */
    Lease call(Endpoint endpoint) {
        Host host = host(endpoint);
        host.begin();
        return new HostLease(host);
    }

    /** Has an endpoint ejected, as soon as the event loop hears of it. */
    void cannotConnect(Endpoint endpoint) {
        call(endpoint).complete(Outcome.CONNECT_FAILED);
    }
}
