package io.serviceresolver.endpoint;

import io.serviceresolver.selector.LabelSelector;
import io.serviceresolver.text.BadInput;

/**
 * The Pods of a namespace that a label selector finds, without any Service. Immutable.
 *
 * @param namespace the namespace of the Pods
 * @param selector which Pods: never all of them
 * @param port a port by number, or a container port by name
 */
public record PodSelection(String namespace, LabelSelector selector, ServicePort port) implements Target {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the namespace is not valid, the selector selects everything or nothing, or the
     *     port is neither a number nor a name
     */
    public PodSelection {
        DnsNames.requireLabel("namespace", namespace);
        if (selector.isEverything() || selector.isNothing()) {
            throw BadInput.of("selector", selector.toString(), "one that selects some Pods, such as app=skippy");
        }
        if (!(port instanceof ServicePort.Numbered) && !(port instanceof ServicePort.Named)) {
            throw BadInput.of("port", port.toString(), "1 to 65535, or the name of a container port");
        }
    }

    /** {@code pods(zone=prod,ver in (v1,v2)).shield:8080}. */
    @Override
    public String toString() {
        return "pods(" + selector + ")." + namespace + ":" + port;
    }
}
