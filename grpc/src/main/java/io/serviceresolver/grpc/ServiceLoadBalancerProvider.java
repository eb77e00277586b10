package io.serviceresolver.grpc;

import io.grpc.LoadBalancer;
import io.grpc.LoadBalancer.Helper;
import io.grpc.LoadBalancerProvider;

/**
 * The policy {@code service_resolver}: calls go where the handle of the service says, by the balancer, the routing, the ejection and the checks
 * that its resolver was built with, and how each call ends is told to it. Channels to {@code service-resolver:///skippy} use it unless they are
 * told another one; it is good for no other channel. Thread-safe.
 */
public final class ServiceLoadBalancerProvider extends LoadBalancerProvider {

    /** The name of the policy. */
    public static final String POLICY = "service_resolver";

    private static final int PRIORITY = 5;

    /** For the {@link java.util.ServiceLoader}. */
    public ServiceLoadBalancerProvider() {}

    @Override
    public LoadBalancer newLoadBalancer(Helper helper) {
        return new ServiceLoadBalancer(helper);
    }

    @Override
    public String getPolicyName() {
        return POLICY;
    }

    @Override
    public boolean isAvailable() {
        return true;
    }

    @Override
    public int getPriority() {
        return PRIORITY;
    }
}
