/** Endpoints from cluster DNS. */
@NullMarked
package io.serviceresolver.dns;

import org.jspecify.annotations.NullMarked;
