package io.serviceresolver.endpoint;

import io.serviceresolver.text.BadInput;

/**
 * The name of a Kubernetes Service and of the port meant: {@code skippy}, {@code skippy.shield},
 * {@code skippy.shield.svc} or {@code skippy.shield.svc.cluster.local}, each with {@code :port} behind it if wished.
 * Immutable, and always complete: the namespace is filled in when a name is read.
 *
 * <p>Names are read strictly, before anything is asked of anyone: labels of ASCII letters in lower case, digits and
 * dashes (RFC 1035 for the Service, RFC 1123 for the namespace), nothing else, no change of case, no trailing dot.
 *
 * @param service the name of the Service
 * @param namespace its namespace
 * @param port the port meant
 */
public record ServiceName(String service, String namespace, ServicePort port) implements Target {

    /**
     * Checks the labels.
     *
     * @throws IllegalArgumentException if one of them is invalid
     */
    public ServiceName {
        if (!DnsNames.isService(service)) {
            throw BadInput.of("service", service, "a letter, then a-z, 0-9 and '-', 63 at most, the last no '-'");
        }
        DnsNames.requireLabel("namespace", namespace);
    }

    /**
     * Reads a name.
     *
     * @param text what a caller wrote
     * @param context the namespace of unqualified names, the cluster domain, and the namespaces that may be written
     *     as {@code service.namespace}
     * @return the complete name
     * @throws IllegalArgumentException if the text is no such name, or names a namespace in the two-label form that
     *     is not allowed: {@code evil.com} has that form too
     */
    public static ServiceName parse(String text, ClusterContext context) {
        int colon = text.indexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        String[] labels = host.split("\\.", 4);
        if (text.contains("://")) {
            throw BadInput.of("name", text, "a name, not a URL: skippy:8080 and not http://skippy:8080/");
        }
        if (!wellFormed(labels, context)) {
            String forms = "service, service.namespace, service.namespace.svc or service.namespace.svc.";
            String labelled = ", with :port behind it if wished, of a-z, 0-9 and '-' in lower case, 63 at most each";
            throw BadInput.of("name", text, forms + context.domain() + labelled);
        }
        if (labels.length == 2 && !context.allows(labels[1])) {
            String expected = "a Service of namespace " + context.namespace() + ", or " + host + ".svc, or namespace "
                    + labels[1] + " allowed by namespaces(...)";
            throw BadInput.of("name", text, expected);
        }
        ServicePort port = colon < 0 ? ServicePort.ONLY : ServicePort.parse(text.substring(colon + 1));
        return new ServiceName(labels[0], labels.length == 1 ? context.namespace() : labels[1], port);
    }

    private static boolean wellFormed(String[] labels, ClusterContext context) {
        return DnsNames.isService(labels[0])
                && (labels.length < 2 || DnsNames.isLabel(labels[1]))
                && (labels.length < 3 || labels[2].equals("svc"))
                && (labels.length < 4 || labels[3].equals(context.domain()));
    }

    /**
     * The same Service with another port.
     *
     * @param other the port meant
     * @return the new name
     */
    public ServiceName withPort(ServicePort other) {
        return new ServiceName(service, namespace, other);
    }

    /**
     * The Service without the port: {@code skippy.shield}.
     *
     * @return service and namespace, joined by a dot
     */
    public String qualified() {
        return service + "." + namespace;
    }

    /** {@code skippy.shield}, with {@code :port} behind it where one was named. */
    @Override
    public String toString() {
        return port.equals(ServicePort.ONLY) ? qualified() : qualified() + ":" + port;
    }
}
