package io.serviceresolver.grpc;

import io.grpc.ManagedChannel;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.serviceresolver.ServiceHandle;
import io.serviceresolver.ServiceResolver;
import io.serviceresolver.ServiceResolverBuilder;
import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.source.StaticSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** A resolver that is told what there is, channels by it, and Pods. */
final class GrpcWorld implements AutoCloseable {

    static final String TARGET = "service-resolver:///skippy";

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    final StaticSource source = StaticSource.empty();
    final ServiceResolver resolver;
    final ServiceHandle skippy;
    private final NameResolverProvider provider;
    private final List<GrpcPod> pods = new ArrayList<>();
    private final List<ManagedChannel> channels = new ArrayList<>();

    /** With a balancer that leaves no Pod out. */
    GrpcWorld() {
        this(builder -> builder.balancer(Balancers.roundRobin()));
    }

    GrpcWorld(UnaryOperator<ServiceResolverBuilder> settings) {
        resolver = settings.apply(ServiceResolver.builder()
                        .source(source)
                        .cluster(new ClusterContext("shield", ClusterContext.DEFAULT_DOMAIN)))
                .build();
        skippy = resolver.service("skippy");
        provider = ServiceNameResolverProvider.of(resolver);
        NameResolverRegistry.getDefaultRegistry().register(provider);
    }

    /** A channel to the service. */
    ManagedChannel channel() {
        return channel(builder -> builder);
    }

    ManagedChannel channel(UnaryOperator<NettyChannelBuilder> settings) {
        ManagedChannel made = settings.apply(
                        NettyChannelBuilder.forTarget(TARGET).usePlaintext().directExecutor())
                .build();
        channels.add(made);
        return made;
    }

    /** A Pod that nobody knows of yet. */
    GrpcPod pod(int number) {
        return pod(number, 0);
    }

    GrpcPod pod(int number, int port) {
        GrpcPod made = new GrpcPod("127.0.6." + number, port);
        pods.add(made);
        return made;
    }

    /** Pods that the resolver knows of. */
    List<GrpcPod> pods(int count) {
        for (int number = 1; number <= count; number++) {
            pod(number);
        }
        List<GrpcPod> made = List.copyOf(pods.subList(pods.size() - count, pods.size()));
        know(made);
        return made;
    }

    void know(List<GrpcPod> some) {
        know(some.stream().map(GrpcPod::endpoint).toArray(Endpoint[]::new));
    }

    /** Has the resolver know these, and no others. */
    void know(Endpoint... some) {
        source.set("skippy", some);
        await("that it is known", () -> skippy.endpoints().endpoints().equals(List.of(some)));
    }

    /** Calls until each of these Pods was called, and so is connected. */
    void connect(ManagedChannel channel, List<GrpcPod> some) {
        await("a call of each Pod", () -> {
            Echo.ask(channel, "who");
            return some.stream().allMatch(pod -> pod.calls.get() > 0);
        });
        await("none in flight", () -> skippy.stats().inFlight() == 0);
    }

    /** Waits for what another thread is about to do. */
    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("within 30 s: " + what);
            }
            Thread.onSpinWait();
        }
    }

    static void end(ManagedChannel channel) {
        channel.shutdownNow();
        await("the end of a channel", channel::isTerminated);
    }

    @Override
    public void close() {
        channels.forEach(GrpcWorld::end);
        NameResolverRegistry.getDefaultRegistry().deregister(provider);
        pods.forEach(GrpcPod::close);
        resolver.close();
    }
}
