/**
 * Active health checks: endpoints are asked whether they work, besides what calls say of them. None are made unless a
 * {@link io.serviceresolver.check.HealthCheck} is given to the resolver's builder.
 */
@NullMarked
package io.serviceresolver.check;

import org.jspecify.annotations.NullMarked;
