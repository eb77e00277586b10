package io.serviceresolver.k8s;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;

/** What is read of objects that a test writes in YAML. */
final class Views {

    static final ServiceName SKIPPY = new ServiceName("skippy", "shield", ServicePort.ONLY);

    private static final YAMLMapper YAML = new YAMLMapper();

    private Views() {}

    static JsonNode yaml(String text) {
        try {
            return YAML.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The Service skippy with this spec, as it is read. */
    static ServiceView service(String spec) {
        return service(spec, "{}");
    }

    /** The Service skippy with this spec and this status of its load balancer, as it is read. */
    static ServiceView service(String spec, String loadBalancer) {
        ObjectNode object = YAML.createObjectNode();
        object.set("spec", yaml(spec));
        object.putObject("status").set("loadBalancer", yaml(loadBalancer));
        return new ServiceReader(SKIPPY).read(object).orElseThrow();
    }

    /** A node, as it is read. */
    static NodeView node(String object) {
        return new NodeReader().read(yaml(object)).orElseThrow();
    }
}
