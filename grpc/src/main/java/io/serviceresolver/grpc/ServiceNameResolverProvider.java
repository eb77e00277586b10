package io.serviceresolver.grpc;

import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.serviceresolver.ServiceResolver;
import io.serviceresolver.endpoint.ServiceName;
import java.net.URI;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has channels of gRPC-Java call the Pods of a Service: {@code
 * ManagedChannelBuilder.forTarget("service-resolver:///skippy:grpc")}, where {@code skippy:grpc} is what {@link
 * ServiceResolver#service(String)} takes. A target that is none fails with an {@link IllegalArgumentException} when the channel is made.
 * Thread-safe.
 *
 * <p>It is found by itself, and then uses {@link ServiceResolver#shared()}, which is made with the first such channel. For another
 * resolver: {@code NameResolverRegistry.getDefaultRegistry().register(ServiceNameResolverProvider.of(resolver))}.
 *
 * <p>A channel follows its service from its first call until it is shut down or idle. Its authority, which is the name that certificates
 * are verified by, is {@code skippy.shield.svc} for the service {@code skippy} of the namespace {@code shield}, unless {@code
 * overrideAuthority} says another one.
 */
public final class ServiceNameResolverProvider extends NameResolverProvider {

    /** The scheme of targets: {@code service-resolver}. */
    public static final String SCHEME = "service-resolver";

    /** Less than that of {@code dns}, 5: the scheme of the first of all providers is that of targets without one. */
    private static final int FOUND = 3;

    private static final int REGISTERED = 4;

    private final Supplier<ServiceResolver> resolver;
    private final int priority;

    /** For the {@link java.util.ServiceLoader}: channels use the resolver that the process shares. */
    public ServiceNameResolverProvider() {
        this(ServiceResolver::shared, FOUND);
    }

    private ServiceNameResolverProvider(Supplier<ServiceResolver> resolver, int priority) {
        this.resolver = resolver;
        this.priority = priority;
    }

    /**
     * A provider for channels that use a certain resolver, to be registered. It goes before the one that is found by itself.
     *
     * @param resolver which nobody but its owner closes: channels fail their calls from then on
     * @return the provider
     */
    public static ServiceNameResolverProvider of(ServiceResolver resolver) {
        Objects.requireNonNull(resolver, "resolver");
        return new ServiceNameResolverProvider(() -> resolver, REGISTERED);
    }

    @Override
    public @Nullable NameResolver newNameResolver(URI target, NameResolver.Args args) {
        if (!SCHEME.equalsIgnoreCase(target.getScheme())) {
            return null;
        }
        String service = TargetUri.service(target);
        ServiceResolver used = resolver.get();
        return new ServiceNameResolver(used, ServiceName.parse(service, used.cluster()), args);
    }

    @Override
    public String getDefaultScheme() {
        return SCHEME;
    }

    @Override
    protected boolean isAvailable() {
        return true;
    }

    @Override
    protected int priority() {
        return priority;
    }
}
