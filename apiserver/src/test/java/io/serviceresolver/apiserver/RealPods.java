package io.serviceresolver.apiserver;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;

/** Pods, Services and slices as the tests start from. The Pods of a Service bear the label {@code app} with its name. */
final class RealPods {

    private RealPods() {}

    /** A ready Pod on the first node whose port {@code web} is 8080. */
    static PodBuilder pod(RealNamespace cluster, String app, String name) {
        return pod(cluster, app, name, 8080);
    }

    /** A ready Pod on the first node with this port {@code web}. */
    static PodBuilder pod(RealNamespace cluster, String app, String name, int port) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("app", app)
                .endMetadata()
                .withNewSpec()
                .withNodeName(cluster.nodes().get(0))
                .addNewContainer()
                .withName("main")
                .withImage("none")
                .addNewPort()
                .withName("web")
                .withContainerPort(port)
                .endPort()
                .endContainer()
                .endSpec()
                .withStatus(running(cluster.newAddress()));
    }

    static String address(Pod pod) {
        return pod.getStatus().getPodIP();
    }

    private static PodStatus running(String address) {
        return new PodStatusBuilder(ready("True"))
                .withPhase("Running")
                .withPodIP(address)
                .addNewPodIP(address)
                .build();
    }

    /** The status of which a kubelet changes the condition Ready only. */
    static PodStatus ready(String value) {
        return new PodStatusBuilder()
                .addNewCondition()
                .withType("Ready")
                .withStatus(value)
                .endCondition()
                .build();
    }

    /** A Service that selects the Pods of its name, with port 80, called {@code http}, for their port {@code web}. */
    static ServiceBuilder service(String name) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .addToSelector("app", name)
                .addNewPort()
                .withName("http")
                .withPort(80)
                .withNewTargetPort("web")
                .endPort()
                .endSpec();
    }

    /** An IPv4 slice of this Service, with a port {@code http}, 8080, and no endpoints. */
    static EndpointSliceBuilder slice(String service, String name) {
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("kubernetes.io/service-name", service)
                .endMetadata()
                .withAddressType("IPv4")
                .addNewPort()
                .withName("http")
                .withPort(8080)
                .endPort();
    }

    /** An endpoint that says no more than its address. */
    static Endpoint endpoint(String address) {
        return new EndpointBuilder().withAddresses(address).build();
    }
}
