package io.serviceresolver.k8s;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Pods and Services of the namespace shield as JSON, where no controller is to write their slices. */
final class PodJson {

    private final ObjectNode pod = JsonNodeFactory.instance.objectNode();

    private PodJson(String name, String address) {
        pod.put("apiVersion", "v1").put("kind", "Pod");
        pod.putObject("metadata").put("name", name).put("namespace", "shield");
        uid("uid-of-" + name);
        pod.putObject("status").put("podIP", address);
    }

    static PodJson pod(String name, String address) {
        return new PodJson(name, address);
    }

    /** A Service with the one port http 80 that selects Pods by a label. */
    static ObjectNode service(String name, String key, String value) {
        ObjectNode service = JsonNodeFactory.instance.objectNode();
        service.put("apiVersion", "v1").put("kind", "Service");
        service.putObject("metadata").put("name", name).put("namespace", "shield");
        ObjectNode spec = service.putObject("spec");
        spec.putObject("selector").put(key, value);
        spec.putArray("ports").addObject().put("name", "http").put("port", 80);
        return service;
    }

    PodJson uid(String value) {
        pod.withObject("/metadata").put("uid", value);
        return this;
    }

    PodJson label(String key, String value) {
        pod.withObject("/metadata/labels").put(key, value);
        return this;
    }

    ObjectNode json() {
        return pod.deepCopy();
    }
}
