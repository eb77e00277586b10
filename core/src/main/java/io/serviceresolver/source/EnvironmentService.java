package io.serviceresolver.source;

import io.serviceresolver.endpoint.IpAddresses;
import io.serviceresolver.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the environment variables say of one Service, whatever the namespace. Filled by its constructor, read-only then.
 *
 * <p>The kubelet writes the ClusterIP, the number of the first port and that of each named port, and for each port a
 * set of variables that Docker's links had; only those tell the protocol. Users may have set any of them to anything,
 * and two Services can claim one variable: of {@code foo} and {@code foo-service}, {@code FOO_SERVICE_PORT} is the first
 * port of the one and a link of the other. So nothing is taken that is not well-formed, links are taken of the
 * Service's own address only, and where there are such links, they decide which ports there are.
 */
final class EnvironmentService {

    private static final Pattern URL = Pattern.compile("(tcp|udp|sctp)://(.+):([0-9]{1,5})");
    private static final Pattern PROTOCOL = Pattern.compile("tcp|udp|sctp");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,4}");
    private static final int MAX_PORT = 65535;

    private final EnvironmentNames names;
    private final SortedMap<String, String> variables;
    private final EnvironmentPorts ports = new EnvironmentPorts();
    private final SortedSet<Integer> otherProtocols = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();
    private final Optional<String> address;
    private final boolean linked;

    EnvironmentService(EnvironmentNames names, SortedMap<String, String> variables) {
        this.names = names;
        this.variables = variables;
        List<Link> links = links();
        this.address = address(links);
        List<Link> own = links.stream()
                .filter(link -> address.equals(Optional.of(link.address)))
                .toList();
        own.forEach(link -> add(link));
        this.linked = !own.isEmpty();
        addFirstPort();
        variables.tailMap(names.namedPorts()).entrySet().stream()
                .takeWhile(variable -> variable.getKey().startsWith(names.namedPorts()))
                .forEach(variable -> addNamedPort(variable.getKey(), variable.getValue()));
    }

    /** Whether there is any trace of the Service. */
    boolean exists() {
        return address.isPresent() || variables.containsKey(names.host());
    }

    /** The ClusterIP, if a valid one is told. */
    Optional<String> address() {
        return address;
    }

    EnvironmentPorts ports() {
        return ports;
    }

    /** What was skipped, and why: a line each. */
    List<String> problems() {
        return problems;
    }

    private Optional<String> address(List<Link> links) {
        String host = variables.get(names.host());
        if (host == null) {
            return links.stream().findFirst().map(Link::address);
        }
        Optional<String> valid = address(host);
        if (valid.isEmpty()) {
            skip(names.host(), host, "an IP address: host names are not looked up");
        }
        return valid;
    }

    private void addFirstPort() {
        String value = variables.get(names.firstPort());
        if (value == null) {
            return;
        }
        OptionalInt number = port(value);
        if (number.isEmpty()) {
            skip(names.firstPort(), value, "1 to 65535");
        } else if (otherProtocols.contains(number.getAsInt()) && !ports.contains(number.getAsInt())) {
            skip(names.firstPort(), value, "a TCP port");
        } else {
            ports.add(number.getAsInt());
        }
    }

    private void addNamedPort(String variable, String value) {
        String mangled = variable.substring(names.namedPorts().length());
        OptionalInt number = port(value);
        boolean partOfLink = EnvironmentNames.LINK_PART.matcher(mangled).matches();
        if (partOfLink || ofOtherService(value) || !EnvironmentNames.isMangled(mangled)) {
            return;
        }
        if (number.isEmpty()) {
            skip(variable, value, "1 to 65535");
        } else if (!linked || ports.contains(number.getAsInt())) {
            ports.add(number.getAsInt(), EnvironmentNames.label(mangled));
        } else if (!otherProtocols.contains(number.getAsInt())) {
            skip(variable, value, "a port of the Service");
        }
    }

    /** Whether this is no number, but what the kubelet writes in other variables: of a Service with a longer name. */
    private static boolean ofOtherService(String value) {
        return link(value).isPresent()
                || address(value).isPresent()
                || PROTOCOL.matcher(value).matches();
    }

    private void add(Link link) {
        if (link.protocol.equals("TCP")) {
            ports.add(link.port);
        } else {
            otherProtocols.add(link.port);
        }
    }

    /** The links of whatever address, that of the first port at the front. */
    private List<Link> links() {
        List<Link> links = new ArrayList<>();
        String first = variables.get(names.firstLink());
        if (first != null) {
            link(first).ifPresentOrElse(links::add, () -> skip(names.firstLink(), first, "tcp://address:port"));
        }
        variables.tailMap(names.links()).entrySet().stream()
                .takeWhile(variable -> variable.getKey().startsWith(names.links()))
                .forEach(variable -> addLink(variable.getKey(), variable.getValue(), links));
        return links;
    }

    private void addLink(String variable, String value, List<Link> links) {
        Matcher name =
                EnvironmentNames.LINK.matcher(variable.substring(names.links().length()));
        if (!name.matches() || port(name.group(1)).isEmpty()) {
            return;
        }
        int port = port(name.group(1)).getAsInt();
        if (name.group(3) == null) {
            link(value)
                    .filter(link -> link.port == port && link.protocol.equals(name.group(2)))
                    .ifPresentOrElse(links::add, () -> skip(variable, value, "tcp://address:port as in the name"));
        } else {
            address(value)
                    .ifPresentOrElse(
                            address -> links.add(new Link(name.group(2), address, port)),
                            () -> skip(variable, value, "an IP address"));
        }
    }

    private void skip(String variable, String value, String expected) {
        problems.add(variable + ": " + Printable.of(value) + " (expected: " + expected + ")");
    }

    private static Optional<Link> link(String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            return Optional.empty();
        }
        OptionalInt port = port(parts.group(3));
        // Older kubelets write IPv6 without brackets here: the last colon is the one before the port.
        return port.isEmpty()
                ? Optional.empty()
                : address(parts.group(2))
                        .map(address -> new Link(EnvironmentNames.mangle(parts.group(1)), address, port.getAsInt()));
    }

    private static Optional<String> address(String text) {
        boolean bracketed = text.startsWith("[") && text.endsWith("]") && text.indexOf(':') > 0;
        try {
            return Optional.of(IpAddresses.canonical(bracketed ? text.substring(1, text.length() - 1) : text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static OptionalInt port(String text) {
        int number = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
        return number >= 1 && number <= MAX_PORT ? OptionalInt.of(number) : OptionalInt.empty();
    }

    private record Link(String protocol, String address, int port) {}
}
