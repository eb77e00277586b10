package io.serviceresolver.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * What makes an endpoint the same one from one snapshot to the next: calls in flight and health are kept by it. The
 * UID tells a Pod from the one that had its address before.
 *
 * @param address the IP address, as {@link IpAddresses#canonical} writes it
 * @param port the port
 * @param uid the UID of the Pod, or null where the source does not know it
 */
public record EndpointId(String address, int port, @Nullable String uid) {}
