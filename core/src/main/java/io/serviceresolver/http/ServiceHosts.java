package io.serviceresolver.http;

import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells the URIs that name a service from all others. Thread-safe. */
final class ServiceHosts {

    private static final String LOCALHOST = "localhost";
    private static final String SVC = ".svc";

    private final ClusterContext cluster;
    private final String svcDomain;
    private final PassedHosts passed = new PassedHosts();

    ServiceHosts(ClusterContext cluster) {
        this.cluster = cluster;
        this.svcDomain = SVC + "." + cluster.domain();
    }

    /**
     * The service that a URI names.
     *
     * @param uri any URI
     * @return the service with the port meant, or null where the host is none of the cluster's
     * @throws IllegalArgumentException if the host ends as only a service's does, and is no service's name, or if the
     *     URI has a part that no call to a service can have
     */
    @Nullable
    ServiceName find(URI uri) {
        String written = uri.getHost();
        if (written == null) {
            return null;
        }
        // A host has no case (RFC 3986, 3.2.2), and a URI's host has ASCII letters only.
        String host = written.toLowerCase(Locale.ROOT);
        ServiceName name = isQualified(host) ? ServiceName.parse(host, cluster) : unqualified(host);
        if (name == null) {
            return null;
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "uri: has user information before " + host + " (expected: none, but an Authorization header)");
        }
        int port = uri.getPort();
        return name.withPort(port < 0 ? ServicePort.forScheme(uri.getScheme()) : ServicePort.number(port));
    }

    /** Whether a host ends as only a service's does. With a dot behind it, it is no valid name, but not public either. */
    private boolean isQualified(String host) {
        String absolute = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return absolute.endsWith(SVC) || absolute.endsWith(svcDomain);
    }

    private @Nullable ServiceName unqualified(String host) {
        int dot = host.indexOf('.');
        String namespace = host.substring(dot + 1);
        boolean candidate = dot < 0 ? !host.equals(LOCALHOST) : cluster.allows(namespace);
        if (!candidate) {
            if (dot > 0 && !namespace.isEmpty() && namespace.indexOf('.') < 0) {
                passed.tell(host, namespace);
            }
            return null;
        }
        try {
            return ServiceName.parse(host, cluster);
        } catch (IllegalArgumentException e) {
            // No label that a Service can have, such as 2130706433 or [::1]: somebody else's host.
            return null;
        }
    }
}
