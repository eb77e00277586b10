package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.k8s.ServiceView.Port;
import io.serviceresolver.text.Printable;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * To what the external name of a Service resolves to: one endpoint for each of its addresses of one family. The port is
 * the one that the caller numbers, else the Service's, else that of the scheme.
 */
record ExternalNameRoute() implements ServiceRoute {

    /** A name as DNS has it, and not one that looks like an address: those of digits only are none (RFC 1123, 2.1). */
    private static final Pattern NAME = Pattern.compile(
            "([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\\.)*" + "[a-z0-9]*[a-z_-][a-z0-9_-]*\\.?",
            Pattern.CASE_INSENSITIVE);

    private static final int LONGEST = 254;

    @Override
    public RouteAnswer answer(ServiceName name, ServiceView service, Around around) {
        String external = service.access().externalName();
        if (external.length() > LONGEST || !NAME.matcher(external).matches()) {
            return new RouteAnswer.Refused(
                    "externalName: " + Printable.of(external) + " (expected: a DNS name, no IP address)");
        }
        return port(name, service).route(port -> at(port, service, around));
    }

    private static ServicePorts.Choice port(ServiceName name, ServiceView service) {
        Optional<Integer> number = Optional.empty();
        if (name.port() instanceof ServicePort.Numbered numbered) {
            number = Optional.of(numbered.number());
        } else if (name.port() instanceof ServicePort.Scheme scheme && service.isPortless()) {
            number = Schemes.wellKnown(scheme.scheme());
        }
        return number.<ServicePorts.Choice>map(each ->
                        new ServicePorts.Choice.Chosen(service.port(each).orElseGet(() -> new Port("", each, 0, null))))
                .orElseGet(() -> ServicePorts.choose(name, service));
    }

    private static RouteAnswer at(Port port, ServiceView service, Around around) {
        String external = service.access().externalName();
        NameAddresses addresses = new NameAddresses(around);
        addresses.lookUpAbsolute(external);
        FamilyOrder order = around.order(service);
        return addresses.orElse(all -> {
            List<String> usable = order.pick(all);
            return usable.isEmpty()
                    ? new RouteAnswer.Refused(order.refusal(all))
                    : new RouteAnswer.Endpoints(usable.stream()
                            .map(address -> endpoint(address, port, external))
                            .toList());
        });
    }

    private static Endpoint endpoint(String address, Port port, String external) {
        return Endpoint.builder(address, port.number())
                .hostname(external.endsWith(".") ? external.substring(0, external.length() - 1) : external)
                .appProtocol(port.appProtocol())
                .build();
    }
}
