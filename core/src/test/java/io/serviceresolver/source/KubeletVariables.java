package io.serviceresolver.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The environment that the kubelet gives a container for some Services: where two of them claim one variable, the later
 * one has it.
 */
final class KubeletVariables {

    /** How a link joins an IPv6 address and a port: older kubelets did not use brackets. */
    enum Ipv6Links {
        BRACKETS,
        NO_BRACKETS
    }

    record Port(String name, int number, String protocol) {}

    private final Ipv6Links links;
    private final Map<String, String> variables = new LinkedHashMap<>();

    KubeletVariables(Ipv6Links links) {
        this.links = links;
    }

    KubeletVariables() {
        this(Ipv6Links.BRACKETS);
    }

    static Port tcp(String name, int number) {
        return new Port(name, number, "TCP");
    }

    static Port udp(String name, int number) {
        return new Port(name, number, "UDP");
    }

    KubeletVariables service(String name, String clusterIp, Port... ports) {
        String prefix = mangled(name);
        variables.put(prefix + "_SERVICE_HOST", clusterIp);
        variables.put(prefix + "_SERVICE_PORT", String.valueOf(ports[0].number));
        for (Port port : ports) {
            if (!port.name.isEmpty()) {
                variables.put(prefix + "_SERVICE_PORT_" + mangled(port.name), String.valueOf(port.number));
            }
        }
        List<Port> inOrder = new ArrayList<>(List.of(ports));
        variables.put(prefix + "_PORT", url(clusterIp, inOrder.get(0)));
        for (Port port : inOrder) {
            String link = prefix + "_PORT_" + port.number + "_" + port.protocol;
            variables.put(link, url(clusterIp, port));
            variables.put(link + "_PROTO", port.protocol.toLowerCase(Locale.ROOT));
            variables.put(link + "_PORT", String.valueOf(port.number));
            variables.put(link + "_ADDR", clusterIp);
        }
        return this;
    }

    KubeletVariables set(String name, String value) {
        variables.put(name, value);
        return this;
    }

    KubeletVariables unset(String name) {
        variables.remove(name);
        return this;
    }

    Map<String, String> variables() {
        return variables;
    }

    EnvironmentSource source() {
        return EnvironmentSource.of(variables);
    }

    private String url(String address, Port port) {
        boolean brackets = links == Ipv6Links.BRACKETS && address.contains(":");
        return port.protocol.toLowerCase(Locale.ROOT) + "://" + (brackets ? "[" + address + "]" : address) + ":"
                + port.number;
    }

    private static String mangled(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
