package io.serviceresolver.testkit;

/** How a query came to a {@link DnsServer}. */
public enum DnsTransport {
    /** As a datagram. */
    UDP,
    /** Over a connection. */
    TCP
}
