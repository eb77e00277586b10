package io.serviceresolver.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Service as {@link DnsServer#publish} puts it into DNS: the records that CoreDNS writes for it. Immutable; each
 * method that adds something returns a new one.
 */
public final class DnsService {

    private static final int ALL_WEIGHT = 100;

    private final String name;
    private final String namespace;
    private final String domain;
    private final int ttl;
    private final @Nullable String externalName;
    private final List<String> clusterIps;
    private final Map<String, Integer> ports;
    private final List<Target> endpoints;

    /** An endpoint: its address and its label under the name of the Service. */
    private record Target(String address, String label) {}

    private DnsService(
            String name,
            String namespace,
            String domain,
            int ttl,
            @Nullable String externalName,
            List<String> clusterIps,
            Map<String, Integer> ports,
            List<Target> endpoints) {
        this.name = name;
        this.namespace = namespace;
        this.domain = domain;
        this.ttl = ttl;
        this.externalName = externalName;
        this.clusterIps = clusterIps;
        this.ports = ports;
        this.endpoints = endpoints;
    }

    /**
     * A headless Service of {@code cluster.local} without ports and endpoints, TTL 5 s. While it has no endpoint, its
     * names do not exist.
     *
     * @param name its name
     * @param namespace its namespace
     * @return the Service
     */
    public static DnsService headless(String name, String namespace) {
        return new DnsService(name, namespace, "cluster.local", 5, null, List.of(), Map.of(), List.of());
    }

    /**
     * A Service of {@code cluster.local} with cluster IPs, without ports, TTL 5 s.
     *
     * @param name its name
     * @param namespace its namespace
     * @param clusterIps one address, or one of each family
     * @return the Service
     */
    public static DnsService clusterIp(String name, String namespace, String... clusterIps) {
        return new DnsService(name, namespace, "cluster.local", 5, null, List.of(clusterIps), Map.of(), List.of());
    }

    /**
     * A Service of {@code cluster.local} of type ExternalName, TTL 5 s.
     *
     * @param name its name
     * @param namespace its namespace
     * @param externalName the name that it stands for
     * @return the Service
     */
    public static DnsService externalName(String name, String namespace, String externalName) {
        return new DnsService(name, namespace, "cluster.local", 5, externalName, List.of(), Map.of(), List.of());
    }

    /**
     * Adds a TCP port.
     *
     * @param portName its name; empty for a port without one, which has no {@code _name._tcp} records
     * @param number the Service port with cluster IPs, the Pods' port of a headless Service
     * @return the Service with that port
     */
    public DnsService port(String portName, int number) {
        Map<String, Integer> more = new LinkedHashMap<>(ports);
        more.put(portName, number);
        return new DnsService(name, namespace, domain, ttl, externalName, clusterIps, more, endpoints);
    }

    /**
     * Adds a ready endpoint of a headless Service whose Pod has no host name.
     *
     * @param address its IP address
     * @return the Service with that endpoint
     */
    public DnsService endpoint(String address) {
        String dashed = address.replace('.', '-').replace(':', '-');
        return endpoint(address, dashed.endsWith("-") ? dashed + "0" : dashed);
    }

    /**
     * Adds a ready endpoint of a headless Service.
     *
     * @param address its IP address
     * @param hostname the host name of its Pod
     * @return the Service with that endpoint
     */
    public DnsService endpoint(String address, String hostname) {
        List<Target> more = new ArrayList<>(endpoints);
        more.add(new Target(address, hostname));
        return new DnsService(name, namespace, domain, ttl, externalName, clusterIps, ports, List.copyOf(more));
    }

    /**
     * Sets the TTL of all records.
     *
     * @param seconds the TTL
     * @return the Service with that TTL
     */
    public DnsService ttl(int seconds) {
        return new DnsService(name, namespace, domain, seconds, externalName, clusterIps, ports, endpoints);
    }

    /**
     * Sets the cluster domain.
     *
     * @param clusterDomain such as {@code cluster.local}
     * @return the Service in that domain
     */
    public DnsService domain(String clusterDomain) {
        return new DnsService(name, namespace, clusterDomain, ttl, externalName, clusterIps, ports, endpoints);
    }

    /** The name of the Service in DNS: {@code skippy.shield.svc.cluster.local.}, with the dot. */
    public String fqdn() {
        return name + "." + namespace + ".svc." + domain + ".";
    }

    /** All records, as a zone file has them. */
    List<String> records() {
        List<String> lines = new ArrayList<>();
        if (externalName != null) {
            lines.add(record(fqdn(), "CNAME " + externalName + (externalName.endsWith(".") ? "" : ".")));
        }
        clusterIps.forEach(address -> lines.add(address(fqdn(), address)));
        addServices(lines, clusterIps.stream().map(address -> fqdn()).toList());
        for (Target endpoint : endpoints) {
            lines.add(address(fqdn(), endpoint.address));
            lines.add(address(nameOf(endpoint), endpoint.address));
        }
        addServices(lines, endpoints.stream().map(this::nameOf).toList());
        return lines.stream().distinct().toList();
    }

    private void addServices(List<String> lines, List<String> targets) {
        for (String target : targets) {
            ports.forEach((port, number) -> {
                lines.add(service(fqdn(), targets.size() * ports.size(), number, target));
                if (!port.isEmpty()) {
                    lines.add(service("_" + port + "._tcp." + fqdn(), targets.size(), number, target));
                }
            });
        }
    }

    private String nameOf(Target endpoint) {
        return endpoint.label + "." + fqdn();
    }

    private String service(String owner, int sharers, int port, String target) {
        return record(owner, "SRV 0 " + Math.max(1, ALL_WEIGHT / sharers) + " " + port + " " + target);
    }

    private String address(String owner, String address) {
        return record(owner, (address.indexOf(':') < 0 ? "A " : "AAAA ") + address);
    }

    private String record(String owner, String data) {
        return owner + " " + ttl + " IN " + data;
    }
}
