package io.serviceresolver.benchmarks.peers;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.ClientStreamTracer;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.ResolvedAddresses;
import io.grpc.LoadBalancer.Subchannel;
import io.grpc.LoadBalancerProvider;
import io.grpc.LoadBalancerRegistry;
import io.grpc.Metadata;
import io.grpc.Status;
import io.serviceresolver.benchmarks.subject.Subject;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** gRPC-Java: a balancer that makes pickers, in a channel whose connections are ready as soon as they are asked for. */
final class Grpc implements Subject {

    private static final ClientStreamTracer.StreamInfo STREAM = ClientStreamTracer.StreamInfo.newBuilder()
            .setCallOptions(CallOptions.DEFAULT)
            .build();
    private static final Metadata HEADERS = new Metadata();
    private static final GrpcPickArgs PICK = new GrpcPickArgs(HEADERS);

    private final Addresses<EquivalentAddressGroup> addresses;
    private final GrpcChannel channel = new GrpcChannel();
    private final LoadBalancer balancer;
    private final @Nullable Object policy;

    private Grpc(String name, int count) {
        LoadBalancerProvider provider =
                Objects.requireNonNull(LoadBalancerRegistry.getDefaultRegistry().getProvider(name));
        addresses = new Addresses<>(
                count,
                number -> new EquivalentAddressGroup(
                        InetSocketAddress.createUnresolved(Addresses.host(number), Addresses.PORT)));
        balancer = provider.newLoadBalancer(channel);
        policy = provider.parseLoadBalancingPolicyConfig(Map.of()).getConfig();
        resolved();
    }

    static Grpc roundRobin(int count) {
        return new Grpc("round_robin", count);
    }

    /** Of two at random, the one with fewer requests: its default. */
    static Grpc leastRequest(int count) {
        return new Grpc("least_request_experimental", count);
    }

    private void resolved() {
        Status status = channel.run(() -> balancer.acceptResolvedAddresses(ResolvedAddresses.newBuilder()
                .setAddresses(addresses.all())
                .setLoadBalancingPolicyConfig(policy)
                .build()));
        if (!status.isOk()) {
            throw new IllegalStateException("grpc: " + status);
        }
    }

    @Override
    public Object pick() {
        return subchannel(channel.picker().pickSubchannel(PICK));
    }

    private static Subchannel subchannel(PickResult result) {
        return Objects.requireNonNull(result.getSubchannel());
    }

    @Override
    public Object begin() {
        PickResult result = channel.picker().pickSubchannel(PICK);
        ClientStreamTracer.Factory calls = result.getStreamTracerFactory();
        return calls == null ? subchannel(result) : streamCreated(calls.newClientStreamTracer(STREAM, HEADERS));
    }

    private static ClientStreamTracer streamCreated(ClientStreamTracer call) {
        call.streamCreated(Attributes.EMPTY, HEADERS);
        return call;
    }

    @Override
    public void end(Object call) {
        if (call instanceof ClientStreamTracer tracer) {
            tracer.streamClosed(Status.OK);
        }
    }

    @Override
    public void update() {
        addresses.replace();
        resolved();
    }

    @Override
    public void close() {
        channel.run(() -> {
            balancer.shutdown();
            return Status.OK;
        });
        channel.close();
    }
}
