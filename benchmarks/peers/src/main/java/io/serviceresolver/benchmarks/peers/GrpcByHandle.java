package io.serviceresolver.benchmarks.peers;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.ClientStreamTracer;
import io.grpc.LoadBalancer;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.ResolvedAddresses;
import io.grpc.Metadata;
import io.grpc.NameResolver;
import io.grpc.NameResolver.ServiceConfigParser;
import io.grpc.Status;
import io.serviceresolver.ServiceHandle;
import io.serviceresolver.ServiceResolver;
import io.serviceresolver.balancer.BalancerFactory;
import io.serviceresolver.benchmarks.subject.Subject;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.grpc.ServiceLoadBalancerProvider;
import io.serviceresolver.grpc.ServiceNameResolverProvider;
import io.serviceresolver.source.StaticSource;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** gRPC-Java with this library's policy, in a channel whose connections are ready as soon as they are asked for, and all of which are. */
final class GrpcByHandle implements Subject {

    private static final String SERVICE = "skippy";
    private static final ClientStreamTracer.StreamInfo STREAM = ClientStreamTracer.StreamInfo.newBuilder()
            .setCallOptions(CallOptions.DEFAULT)
            .build();
    private static final Metadata HEADERS = new Metadata();
    private static final GrpcPickArgs PICK = new GrpcPickArgs(HEADERS);

    private final StaticSource source = StaticSource.empty();
    private final GrpcChannel channel = new GrpcChannel();
    private final Addresses<Endpoint> addresses;
    private final ServiceResolver resolver;
    private final ServiceHandle handle;
    private final NameResolver names;
    private final LoadBalancer policy = new ServiceLoadBalancerProvider().newLoadBalancer(channel);

    GrpcByHandle(BalancerFactory balancer, int count) {
        addresses = new Addresses<>(count, number -> Endpoint.of(Addresses.host(number), Addresses.PORT));
        source.set(SERVICE, addresses.all().toArray(Endpoint[]::new));
        resolver = ServiceResolver.builder().source(source).balancer(balancer).build();
        handle = resolver.service(SERVICE);
        handle.awaitReady(Duration.ofSeconds(30));
        names = Objects.requireNonNull(ServiceNameResolverProvider.of(resolver)
                .newNameResolver(URI.create(ServiceNameResolverProvider.SCHEME + ":///" + SERVICE), arguments()));
        follow();
        connectAll();
    }

    private NameResolver.Args arguments() {
        return NameResolver.Args.newBuilder()
                .setDefaultPort(Addresses.PORT)
                .setProxyDetector(address -> null)
                .setSynchronizationContext(channel.getSynchronizationContext())
                .setScheduledExecutorService(channel.getScheduledExecutorService())
                .setServiceConfigParser(new ServiceConfigParser() {
                    @Override
                    public NameResolver.ConfigOrError parseServiceConfig(Map<String, ?> config) {
                        return NameResolver.ConfigOrError.fromConfig(config);
                    }
                })
                .build();
    }

    /** Has the policy follow what the name resolver says. */
    private void follow() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        NameResolver.Listener2 listener = new NameResolver.Listener2() {
            @Override
            public void onResult(NameResolver.ResolutionResult result) {
                policy.acceptResolvedAddresses(ResolvedAddresses.newBuilder()
                        .setAddresses(result.getAddressesOrError().getValue())
                        .setAttributes(result.getAttributes())
                        .build());
                first.complete(null);
            }

            @Override
            public void onError(Status error) {
                first.completeExceptionally(error.asException());
            }
        };
        channel.getSynchronizationContext().execute(() -> names.start(listener));
        first.join();
    }

    private void connectAll() {
        while (channel.connected() < addresses.all().size()) {
            PickResult result = channel.picker().pickSubchannel(PICK);
            if (result.getStreamTracerFactory() != null) {
                end(stream(result));
            }
        }
    }

    @Override
    public Object pick() {
        PickResult result = channel.picker().pickSubchannel(PICK);
        stream(result).streamClosed(Status.CANCELLED);
        return Objects.requireNonNull(result.getSubchannel());
    }

    @Override
    public Object begin() {
        ClientStreamTracer call = stream(channel.picker().pickSubchannel(PICK));
        call.streamCreated(Attributes.EMPTY, HEADERS);
        return call;
    }

    private static ClientStreamTracer stream(PickResult result) {
        return Objects.requireNonNull(result.getStreamTracerFactory()).newClientStreamTracer(STREAM, HEADERS);
    }

    @Override
    public void end(Object call) {
        ((ClientStreamTracer) call).streamClosed(Status.OK);
    }

    @Override
    public void update() {
        Endpoint coming = addresses.replace();
        source.set(SERVICE, addresses.all().toArray(Endpoint[]::new));
        while (handle.endpoints().find(coming.id()).isEmpty()) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        channel.run(() -> {
            names.shutdown();
            policy.shutdown();
            return Status.OK;
        });
        channel.close();
        resolver.close();
    }
}
