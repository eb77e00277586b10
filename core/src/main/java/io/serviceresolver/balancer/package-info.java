/** How one of several endpoints is chosen: the SPI, and the balancers made here by {@link io.serviceresolver.balancer.Balancers}. */
@NullMarked
package io.serviceresolver.balancer;

import org.jspecify.annotations.NullMarked;
