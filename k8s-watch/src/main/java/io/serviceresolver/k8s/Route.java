package io.serviceresolver.k8s;

/**
 * On which way a Service is called. A Service of type ExternalName is called by what its name resolves to, whatever the
 * route.
 */
public enum Route {
    /**
     * {@link #POD} inside a cluster. Outside: {@link #LOAD_BALANCER} where the Service has an address of one, else
     * {@link #NODE_PORT} where it has node ports, else it is refused.
     */
    AUTO,
    /** Its Pods, one by one, whatever its type: the Pods' network must be reachable. */
    POD,
    /** Its cluster IP: kube-proxy chooses a Pod for each connection. */
    CLUSTER_IP,
    /**
     * The node port at each node that is ready. A node is ready by its condition {@code Ready} alone: cordons, taints and
     * {@code node.kubernetes.io/exclude-from-external-load-balancers} make no difference to kube-proxy either. With
     * {@code externalTrafficPolicy: Local} only nodes with a ready endpoint of the Service count, and where there is none
     * those with one that is terminating and still serves.
     */
    NODE_PORT,
    /**
     * The addresses and names of its load balancer ({@code status.loadBalancer.ingress}), at the Service's port. Those
     * that report an error for that port are left out. {@code ipMode} makes no difference: it is for kube-proxy.
     */
    LOAD_BALANCER
}
