/**
 * Our reading of Kubernetes held against a real API server and its real controllers. Runs where the environment variable
 * {@code SERVICE_RESOLVER_TEST_KUBECONFIG} names a kubeconfig of a cluster for tests: an administrator's, for Pods, Nodes
 * and Namespaces are made. No Pod is ever called, so none needs to run.
 */
@NullMarked
package io.serviceresolver.apiserver;

import org.jspecify.annotations.NullMarked;
