package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.k8s.ServiceView.Port;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Decides which port of a Service a name means, where the Service itself is called. It never guesses. */
final class ServicePorts {

    private ServicePorts() {}

    /** Which port it is. */
    sealed interface Choice {

        /**
         * This one.
         *
         * @param port a port of the Service
         */
        record Chosen(Port port) implements Choice {}

        /**
         * None.
         *
         * @param reason what is wrong, and which ports there are
         */
        record Refused(String reason) implements Choice {}

        /** What a route answers to it: what it makes of the port, where there is one. */
        default RouteAnswer route(Function<Port, RouteAnswer> to) {
            return this instanceof Chosen chosen
                    ? to.apply(chosen.port())
                    : new RouteAnswer.Refused(((Refused) this).reason());
        }
    }

    static Choice choose(ServiceName name, ServiceView service) {
        Optional<String> uncallable = service.uncallable();
        if (uncallable.isPresent()) {
            return new Choice.Refused(uncallable.get());
        }
        if (name.port() instanceof ServicePort.Named named) {
            return find(service, port -> port.name().equals(named.name())).orElseGet(() -> unknown(named, service));
        }
        if (name.port() instanceof ServicePort.Numbered numbered) {
            return find(service, port -> port.number() == numbered.number())
                    .orElseGet(() -> unknown(numbered, service));
        }
        if (service.ports().size() == 1) {
            return new Choice.Chosen(service.ports().get(0));
        }
        return name.port() instanceof ServicePort.Scheme scheme
                ? scheme(name, service, scheme.scheme())
                : ambiguous(name, service);
    }

    private static Choice scheme(ServiceName name, ServiceView service, String scheme) {
        List<Port> declared = service.ports().stream()
                .filter(port -> Schemes.match(port.appProtocol(), scheme))
                .toList();
        return find(service, port -> port.name().equals(scheme))
                .or(() -> declared.size() == 1
                        ? Optional.of(new Choice.Chosen(declared.get(0)))
                        : Schemes.wellKnown(scheme).flatMap(number -> find(service, port -> port.number() == number)))
                .orElseGet(() -> ambiguous(name, service));
    }

    private static Optional<Choice> find(ServiceView service, Predicate<Port> which) {
        return service.ports().stream().filter(which).findFirst().map(Choice.Chosen::new);
    }

    private static Choice unknown(ServicePort port, ServiceView service) {
        return new Choice.Refused(
                "port: " + port + " (expected: one of the Service's ports: " + service.shownPorts() + ")");
    }

    private static Choice ambiguous(ServiceName name, ServiceView service) {
        String example = service.ports().stream()
                .map(Port::name)
                .filter(port -> !port.isEmpty())
                .findFirst()
                .orElse("8080");
        return new Choice.Refused("ports: " + service.shownPorts() + " (expected: one named, as in " + name.service()
                + ":" + example + ")");
    }
}
