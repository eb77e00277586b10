package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.k8s.PortDecision.NeedsService;
import io.serviceresolver.k8s.PortDecision.Refused;
import io.serviceresolver.k8s.PortDecision.Use;
import io.serviceresolver.k8s.ServiceKnowledge.Known;
import io.serviceresolver.k8s.ServiceKnowledge.Missing;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Decides which port of the slices a name means. It never guesses: what is not certain is refused, with the ports there
 * are. Slices name their ports as the Service does, but number them as the Pods do; only the Service knows its own
 * numbers.
 */
final class PortDecider {

    private final ServiceName name;
    private final ServiceKnowledge service;

    /** One port for each name, of those slices that have endpoints. */
    private final Map<String, SlicePort> ports = new LinkedHashMap<>();

    private final List<Slice> slices;

    private PortDecider(ServiceName name, Collection<Slice> slices, ServiceKnowledge service) {
        this.name = name;
        this.service = service;
        this.slices =
                slices.stream().filter(slice -> !slice.endpoints().isEmpty()).toList();
        for (Slice slice : this.slices) {
            slice.ports().forEach(port -> ports.putIfAbsent(port.name(), port));
        }
    }

    /** What the name's port means in these slices. */
    static PortDecision decide(ServiceName name, Collection<Slice> slices, ServiceKnowledge service) {
        PortDecider decider = new PortDecider(name, slices, service);
        // Without endpoints every port means the same, and a placeholder names none.
        return decider.slices.isEmpty() ? new Use(PortChoice.none()) : decider.decide();
    }

    private PortDecision decide() {
        Optional<String> uncallable =
                service instanceof Known known ? known.service().uncallable() : Optional.empty();
        return uncallable.<PortDecision>map(Refused::new).orElseGet(this::callable);
    }

    private PortDecision callable() {
        ServicePort port = name.port();
        if (port instanceof ServicePort.Named named) {
            return ports.containsKey(named.name()) || hasPort(named.name())
                    ? new Use(PortChoice.named(named.name()))
                    : new Refused("port: " + named.name() + " (expected: one of the ports: " + shown() + ")");
        }
        if (port instanceof ServicePort.Numbered numbered) {
            return isPortless() ? new Use(PortChoice.portless(numbered.number())) : numbered(numbered.number());
        }
        if (ports.size() == 1 && !hasSeveralPorts()) {
            return new Use(PortChoice.named(ports.keySet().iterator().next()));
        }
        return port instanceof ServicePort.Scheme scheme ? scheme(scheme.scheme()) : ambiguous();
    }

    /** Whether the Service is known to have it, though no Pod has: a named port of Pods that none of them names. */
    private boolean hasPort(String port) {
        return service instanceof Known known
                && known.service().ports().stream().anyMatch(each -> each.name().equals(port));
    }

    /** Whether numbers are those of the Pods: a headless Service without ports. One with ports has none in slices where no Pod names its target. */
    private boolean isPortless() {
        return service instanceof Known known
                ? ports.isEmpty() && known.service().isPortless()
                : slices.stream().allMatch(Slice::isPortless);
    }

    private boolean hasSeveralPorts() {
        return service instanceof Known known && known.service().ports().size() > 1;
    }

    private PortDecision numbered(int number) {
        if (service instanceof Known known) {
            return known.service()
                    .port(number)
                    .<PortDecision>map(port -> new Use(PortChoice.named(port.name())))
                    .orElseGet(() -> new Refused("port: " + number + " (expected: one of the Service's ports: "
                            + known.service().shownPorts() + ")"));
        }
        if (service instanceof Missing missing) {
            boolean target =
                    slices.stream().flatMap(slice -> slice.ports().stream()).anyMatch(port -> port.number() == number);
            return target
                    ? new Use(PortChoice.target(number))
                    : new Refused("port: " + number + " (expected: the name of a port, or a port of the Pods: "
                            + shown() + "; what the Service calls " + number + " is not known: " + missing.reason()
                            + ")");
        }
        return new NeedsService();
    }

    private PortDecision scheme(String scheme) {
        Optional<Integer> wellKnown = Schemes.wellKnown(scheme);
        if (isPortless()) {
            return wellKnown
                    .<PortDecision>map(number -> new Use(PortChoice.portless(number)))
                    .orElseGet(this::ambiguous);
        }
        if (ports.containsKey(scheme)) {
            return new Use(PortChoice.named(scheme));
        }
        List<SlicePort> declared = ports.values().stream()
                .filter(port -> Schemes.match(port.appProtocol(), scheme))
                .toList();
        if (declared.size() == 1) {
            return new Use(PortChoice.named(declared.get(0).name()));
        }
        if (wellKnown.isEmpty() || service instanceof Missing) {
            return ambiguous();
        }
        if (service instanceof Known known) {
            return known.service()
                    .port(wellKnown.get())
                    .<PortDecision>map(port -> new Use(PortChoice.named(port.name())))
                    .orElseGet(this::ambiguous);
        }
        return new NeedsService();
    }

    private PortDecision ambiguous() {
        String example = ports.keySet().stream()
                .filter(port -> !port.isEmpty())
                .findFirst()
                .orElse("8080");
        return new Refused(
                "ports: " + shown() + " (expected: one named, as in " + name.service() + ":" + example + ")");
    }

    /** The ports there are, by the Service's numbers where those are known. */
    private String shown() {
        if (service instanceof Known known) {
            return known.service().shownPorts();
        }
        String shown = ports.values().stream().map(SlicePort::shown).collect(Collectors.joining(", "));
        return shown.isEmpty() ? "none" : shown;
    }
}
