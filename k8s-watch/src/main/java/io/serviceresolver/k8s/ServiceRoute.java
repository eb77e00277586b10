package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.ServiceName;

/** A way to a Service that does not lead to its Pods one by one: a function of what is known. */
sealed interface ServiceRoute
        permits ClusterIpRoute, ExternalNameRoute, LoadBalancerRoute, NodePortRoute, OutsideRoute {

    /**
     * What is to be called.
     *
     * @param name the Service, and the port meant
     * @param service what the Service says
     * @param around what else is known
     */
    RouteAnswer answer(ServiceName name, ServiceView service, Around around);

    /** The route to a Service, by what was asked for; there is none here to its Pods. */
    static ServiceRoute of(Route route, ServiceView service) {
        if (service.isExternalName()) {
            return new ExternalNameRoute();
        }
        return switch (route) {
            case CLUSTER_IP -> new ClusterIpRoute();
            case NODE_PORT -> new NodePortRoute();
            case LOAD_BALANCER -> new LoadBalancerRoute();
            case AUTO, POD -> new OutsideRoute();
        };
    }
}
