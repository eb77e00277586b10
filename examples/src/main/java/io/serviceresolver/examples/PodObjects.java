package io.serviceresolver.examples;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;

/** Pods as the API server stores them, and the changes that a kubelet makes to them. */
final class PodObjects {

    private PodObjects() {}

    /** A Pod of a Deployment that was not started yet. */
    static Pod pending(String name, String version, PodTemplateSpec template) {
        return new PodBuilder()
                .withMetadata(template.getMetadata())
                .withSpec(template.getSpec())
                .editMetadata()
                .withName(name)
                .addToLabels("ver", version)
                .endMetadata()
                .withNewStatus()
                .withPhase("Pending")
                .endStatus()
                .build();
    }

    /** The Pod as it is when its container runs and its readiness probe succeeds. */
    static Pod ready(Pod pod, String address) {
        return running(pod, address, "True");
    }

    /** The Pod as it is when its container runs and its readiness probe fails. */
    static Pod notReady(Pod pod, String address) {
        return running(pod, address, "False");
    }

    private static Pod running(Pod pod, String address, String ready) {
        return new PodBuilder(pod)
                .withNewStatus()
                .withPhase("Running")
                .withPodIP(address)
                .addNewPodIP(address)
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready)
                .endCondition()
                .endStatus()
                .build();
    }
}
