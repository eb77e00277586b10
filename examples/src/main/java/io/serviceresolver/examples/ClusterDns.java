package io.serviceresolver.examples;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.serviceresolver.testkit.DnsReply;
import io.serviceresolver.testkit.DnsServer;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Cluster DNS: a DNS server that answers for headless Services with one port, {@code http}, as
 * CoreDNS does: from their EndpointSlices.
 */
final class ClusterDns implements AutoCloseable {

    private static final String TTL = " 5 IN ";

    private final DnsServer server = DnsServer.start();
    private final InetSocketAddress address = server.address();

    /** Where to ask it, also when it is closed. */
    InetSocketAddress address() {
        return address;
    }

    /**
     * Publishes the ready endpoints of a Service, in place of what was published of it before, if it is headless.
     *
     * @param service the Service
     * @param slices all its slices
     */
    void publish(Service service, List<EndpointSlice> slices) {
        if (!"None".equals(service.getSpec().getClusterIP())) {
            return;
        }
        ObjectMeta meta = service.getMetadata();
        String name = meta.getName() + "." + meta.getNamespace() + ".svc.cluster.local.";
        List<String> ports = new ArrayList<>();
        List<String> addresses = new ArrayList<>();
        List<String> targets = new ArrayList<>();
        for (EndpointSlice slice : slices) {
            for (Endpoint endpoint : slice.getEndpoints()) {
                if (Boolean.TRUE.equals(endpoint.getConditions().getReady())) {
                    String address = endpoint.getAddresses().get(0);
                    String target = address.replace('.', '-') + "." + name;
                    slice.getPorts().forEach(port -> ports.add(TTL + "SRV 0 10 " + port.getPort() + " " + target));
                    addresses.add(name + TTL + "A " + address);
                    targets.add(target + TTL + "A " + address);
                }
            }
        }
        srv("_http._tcp." + name, ports, targets);
        srv(name, ports, targets);
        server.on(name, "A", DnsReply.records(distinct(addresses), List.of()));
    }

    private void srv(String owner, List<String> data, List<String> targets) {
        List<String> records = data.stream().map(record -> owner + record).toList();
        server.on(owner, "SRV", DnsReply.records(records, distinct(targets)));
    }

    private static List<String> distinct(List<String> records) {
        return records.stream().distinct().toList();
    }

    /** Stops it. */
    @Override
    public void close() {
        server.close();
    }
}
