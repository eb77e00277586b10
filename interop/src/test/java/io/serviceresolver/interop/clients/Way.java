package io.serviceresolver.interop.clients;

/** How a test calls Pods: what it sees is to be the same. */
enum Way {

    /** By the JDK's client, at the address of a Pod. */
    BY_ADDRESS,

    /** By ours, at the name of the service. */
    BY_NAME
}
