/** Meters of a resolver. Only for programs that have Micrometer on their class path. */
@NullMarked
package io.serviceresolver.metrics;

import org.jspecify.annotations.NullMarked;
