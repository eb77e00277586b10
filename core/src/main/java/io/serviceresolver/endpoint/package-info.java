/** Names of services, and the immutable sets of endpoints behind them. */
@NullMarked
package io.serviceresolver.endpoint;

import org.jspecify.annotations.NullMarked;
