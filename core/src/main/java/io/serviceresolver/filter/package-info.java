/** Which endpoints may be chosen at all: pure functions, applied before the balancer. */
@NullMarked
package io.serviceresolver.filter;

import org.jspecify.annotations.NullMarked;
