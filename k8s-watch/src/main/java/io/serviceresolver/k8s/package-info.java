/** Endpoints from a watch on EndpointSlices. */
@NullMarked
package io.serviceresolver.k8s;

import org.jspecify.annotations.NullMarked;
