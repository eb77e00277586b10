package io.serviceresolver.k8s;

/**
 * A named TCP port of a container.
 *
 * @param name its name
 * @param number 1 to 65535
 */
record ContainerPort(String name, int number) {}
