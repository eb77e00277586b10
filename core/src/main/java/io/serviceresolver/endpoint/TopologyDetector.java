package io.serviceresolver.endpoint;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out where this process runs from what is in its Pod: the environment variables {@value #NODE} and {@value #ZONE},
 * which a manifest fills by the downward API, and the addresses of its network interfaces. Nothing is asked of the
 * network.
 */
public final class TopologyDetector {

    /** The variable that names our node, by {@code fieldRef: spec.nodeName}. */
    public static final String NODE = "SERVICE_RESOLVER_NODE_NAME";

    /**
     * The variable that names our zone, by {@code fieldRef: metadata.labels['topology.kubernetes.io/zone']} where the
     * cluster copies that label to Pods (KEP-4742).
     */
    public static final String ZONE = "SERVICE_RESOLVER_ZONE";

    private TopologyDetector() {}

    /**
     * Where this process runs.
     *
     * @param environment the environment variables
     * @return what is known
     */
    public static Topology detect(Map<String, String> environment) {
        return new Topology(value(environment, NODE), value(environment, ZONE), addresses());
    }

    private static @Nullable String value(Map<String, String> environment, String variable) {
        String value = environment.getOrDefault(variable, "").strip();
        return value.isEmpty() ? null : value;
    }

    private static Set<String> addresses() {
        Set<String> addresses = new HashSet<>();
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .forEach(address -> addresses.add(canonical(address)));
        } catch (SocketException e) {
            // None can be told: as if none were known.
            addresses.clear();
        }
        return addresses;
    }

    private static String canonical(InetAddress address) {
        String literal = address.getHostAddress();
        int zone = literal.indexOf('%');
        return IpAddresses.canonical(zone < 0 ? literal : literal.substring(0, zone));
    }
}
