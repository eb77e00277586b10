/** The resolver: {@link io.serviceresolver.ServiceResolver} is where to start. */
@NullMarked
package io.serviceresolver;

import org.jspecify.annotations.NullMarked;
