package io.serviceresolver.endpoint;

/** The two families of IP addresses. */
public enum IpFamily {
    /** IPv4. */
    IPV4("IPv4"),
    /** IPv6. */
    IPV6("IPv6");

    private final String apiName;

    IpFamily(String apiName) {
        this.apiName = apiName;
    }

    /** As the Kubernetes API writes it: {@code IPv4} or {@code IPv6}. */
    public String apiName() {
        return apiName;
    }

    /**
     * The family of an address.
     *
     * @param address a literal, IPv6 without brackets
     * @return its family
     */
    public static IpFamily of(String address) {
        return address.indexOf(':') < 0 ? IPV4 : IPV6;
    }

    @Override
    public String toString() {
        return apiName;
    }
}
