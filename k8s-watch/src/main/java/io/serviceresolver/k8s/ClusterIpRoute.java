package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.k8s.ServiceView.Port;
import java.util.List;

/** To the cluster IP of a Service, at the Service's port: one endpoint. */
record ClusterIpRoute() implements ServiceRoute {

    @Override
    public RouteAnswer answer(ServiceName name, ServiceView service, Around around) {
        if (service.access().clusterIps().isEmpty()) {
            return new RouteAnswer.Refused("clusterIP: None (expected: a Service with one, or Route.POD)");
        }
        return ServicePorts.choose(name, service).route(port -> at(port, service, around.order(service)));
    }

    private static RouteAnswer at(Port port, ServiceView service, FamilyOrder order) {
        List<String> clusterIps = service.access().clusterIps();
        List<String> usable = order.pick(clusterIps);
        return usable.isEmpty()
                ? new RouteAnswer.Refused(order.refusal(clusterIps))
                : new RouteAnswer.Endpoints(List.of(Endpoint.builder(usable.get(0), port.number())
                        .appProtocol(port.appProtocol())
                        .build()));
    }
}
