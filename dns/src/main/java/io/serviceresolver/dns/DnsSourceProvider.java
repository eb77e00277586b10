package io.serviceresolver.dns;

import io.serviceresolver.endpoint.ClusterContextDetector;
import io.serviceresolver.source.EndpointSource;
import io.serviceresolver.source.EndpointSourceProvider;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Offers a {@link DnsSource} with all defaults where there is cluster DNS: where resolv.conf has a search entry
 * {@code svc.<domain>}, or where this is a Pod ({@code KUBERNETES_SERVICE_HOST} is set) and resolv.conf names a
 * server. Found by {@link java.util.ServiceLoader}.
 */
public final class DnsSourceProvider implements EndpointSourceProvider {

    private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");
    private static final int ORDER = 200;

    private final Map<String, String> environment;
    private final Path resolvConf;

    /** A provider that looks at the environment of this process. */
    public DnsSourceProvider() {
        this(System.getenv(), RESOLV_CONF);
    }

    DnsSourceProvider(Map<String, String> environment, Path resolvConf) {
        this.environment = environment;
        this.resolvConf = resolvConf;
    }

    /** 200: after the watch, before the environment. */
    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public Optional<EndpointSource> create() {
        boolean searched = ClusterContextDetector.searchedDomain(resolvConf).isPresent();
        boolean inPod = environment.containsKey("KUBERNETES_SERVICE_HOST")
                && !Nameservers.of(resolvConf, 53).current().isEmpty();
        return searched || inPod
                ? Optional.of(DnsSource.builder().resolvConf(resolvConf).build())
                : Optional.empty();
    }
}
