package io.serviceresolver.k8s;

/** The address types of an EndpointSlice that mean something: {@code FQDN} does not. */
enum AddressFamily {
    IPV4("IPv4"),
    IPV6("IPv6");

    private final String type;

    AddressFamily(String type) {
        this.type = type;
    }

    /** As the API writes it. */
    String type() {
        return type;
    }

    static AddressFamily of(String address) {
        return address.indexOf(':') < 0 ? IPV4 : IPV6;
    }
}
