package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.k8s.ServiceView.Port;
import java.util.ArrayList;
import java.util.List;

/** To the load balancer of a Service, at the Service's port: one endpoint for each of its addresses of one family. */
record LoadBalancerRoute() implements ServiceRoute {

    @Override
    public RouteAnswer answer(ServiceName name, ServiceView service, Around around) {
        if (service.type() != ServiceType.LOAD_BALANCER) {
            return new RouteAnswer.Refused(
                    "type: " + service.type().apiName() + " (expected: LoadBalancer, for Route.LOAD_BALANCER)");
        }
        return ServicePorts.choose(name, service).route(port -> at(port, service, around));
    }

    private static RouteAnswer at(Port port, ServiceView service, Around around) {
        NameAddresses addresses = new NameAddresses(around);
        for (Ingress ingress : service.access().ingress()) {
            if (ingress.failedPorts().contains(port.number())) {
                continue;
            }
            if (ingress.ip() != null) {
                addresses.add(ingress.ip());
            } else if (ingress.hostname() != null) {
                addresses.lookUpAbsolute(ingress.hostname());
            }
        }
        return addresses.orElse(all -> {
            FamilyOrder order = around.order(service);
            List<String> usable = order.pick(all);
            if (usable.isEmpty() && !all.isEmpty()) {
                return new RouteAnswer.Refused(order.refusal(all));
            }
            List<Endpoint> endpoints = new ArrayList<>();
            usable.forEach(address -> endpoints.add(Endpoint.builder(address, port.number())
                    .appProtocol(port.appProtocol())
                    .build()));
            return new RouteAnswer.Endpoints(endpoints);
        });
    }
}
