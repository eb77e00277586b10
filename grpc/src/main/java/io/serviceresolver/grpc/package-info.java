/** Channels of gRPC-Java to the Pods of a Service. */
@NullMarked
package io.serviceresolver.grpc;

import org.jspecify.annotations.NullMarked;
