package io.serviceresolver.k8s;

/** What to do about a failure, where it is not for the library to do it. */
final class AccessHint {

    private AccessHint() {}

    /** The reason of a failure, with what helps behind it: one line. */
    static String explain(ApiFailure failure, ApiResource resource) {
        return switch (failure.kind()) {
            case FORBIDDEN ->
                failure.reason() + " (expected: a "
                        + (resource.isNamespaced() ? "Role in namespace " + resource.namespace() : "ClusterRole")
                        + " with the rule " + resource.rule() + ", bound to this Pod's service account)";
            case UNKNOWN_API ->
                resource.group().isEmpty()
                        ? failure.reason()
                        : "EndpointSlices v1 are not served by this API server (expected: Kubernetes 1.21 or newer): "
                                + failure.reason();
            case UNAUTHORIZED -> failure.reason() + " (expected: a valid token or certificate)";
            default -> failure.reason();
        };
    }
}
