package io.serviceresolver;

import io.serviceresolver.balancer.Balancer;
import io.serviceresolver.balancer.BalancerContext;
import io.serviceresolver.balancer.BalancerFactory;
import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.check.CheckRunner;
import io.serviceresolver.endpoint.AddressPolicy;
import io.serviceresolver.health.OutlierPolicy;
import io.serviceresolver.routing.RoutingPolicy;
import io.serviceresolver.source.EndpointSource;
import io.serviceresolver.source.SourceContext;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What a resolver was built with.
 *
 * @param sources in the order of preference
 * @param addresses which addresses that others wrote may be called
 * @param balancer makes the balancer of each handle
 * @param retries when calls are tried again
 * @param outliers when endpoints are ejected
 * @param checks makes active health checks
 * @param routing where calls may go
 * @param firstAnswerTimeout how long the first use of a service waits
 * @param staleLimit how old what a source knew may be until a later source is preferred that has something current
 * @param idleTimeout after how long without use a service is let go
 * @param maxServices how many services are followed at once
 */
record ResolverConfig(
        List<EndpointSource> sources,
        AddressPolicy addresses,
        BalancerFactory balancer,
        RetryPolicy retries,
        OutlierPolicy outliers,
        CheckRunner checks,
        RoutingPolicy routing,
        Duration firstAnswerTimeout,
        Duration staleLimit,
        Duration idleTimeout,
        int maxServices) {

    /** The balancer of one handle more. */
    Balancer newBalancer(SourceContext context) {
        Balancer made = balancer.create(new BalancerContext(context.random(), context.ticker(), routing.isWeighted()));
        return Objects.requireNonNull(made, "balancer: null (expected: a balancer, made by the factory)");
    }
}
