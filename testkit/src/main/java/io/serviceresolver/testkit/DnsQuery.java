package io.serviceresolver.testkit;

/**
 * A query that a {@link DnsServer} received, whether it answered it or not.
 *
 * @param name the name asked for, as it came, with the dot at its end
 * @param type the record type: {@code A}, {@code AAAA}, {@code SRV}
 * @param transport how it came
 */
public record DnsQuery(String name, String type, DnsTransport transport) {}
