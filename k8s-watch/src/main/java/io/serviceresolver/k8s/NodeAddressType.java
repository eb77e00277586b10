package io.serviceresolver.k8s;

/** What kind of address of a node it is ({@code status.addresses[].type}). Names are looked up. */
public enum NodeAddressType {
    /** One that can be reached from outside the cluster. */
    EXTERNAL_IP("ExternalIP"),
    /** One that can be reached from inside the cluster's network. */
    INTERNAL_IP("InternalIP"),
    /** The host name that the kubelet reports. */
    HOSTNAME("Hostname"),
    /** A DNS name for the external address. */
    EXTERNAL_DNS("ExternalDNS"),
    /** A DNS name for the internal address. */
    INTERNAL_DNS("InternalDNS");

    private final String apiName;

    NodeAddressType(String apiName) {
        this.apiName = apiName;
    }

    /** As the Kubernetes API writes it: {@code ExternalIP}. */
    public String apiName() {
        return apiName;
    }

    boolean isName() {
        return this != EXTERNAL_IP && this != INTERNAL_IP;
    }
}
