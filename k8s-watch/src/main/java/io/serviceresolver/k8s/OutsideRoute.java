package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.ServiceName;

/** From outside the cluster: by the load balancer where there is one, else by node ports where there are any. */
record OutsideRoute() implements ServiceRoute {

    @Override
    public RouteAnswer answer(ServiceName name, ServiceView service, Around around) {
        if (service.type() == ServiceType.LOAD_BALANCER
                && !service.access().ingress().isEmpty()) {
            return new LoadBalancerRoute().answer(name, service, around);
        }
        if (service.ports().stream().anyMatch(port -> port.nodePort() != 0)) {
            return new NodePortRoute().answer(name, service, around);
        }
        String pending = service.type() == ServiceType.LOAD_BALANCER ? " without an address yet" : "";
        return new RouteAnswer.Refused("type: " + service.type().apiName() + pending
                + " (expected: a Service that can be called from outside its cluster: of type LoadBalancer or NodePort;"
                + " or Route.POD where the network of Pods can be reached from here)");
    }
}
