package io.serviceresolver.k8s;

/** What kind of Service it is ({@code spec.type}). */
enum ServiceType {
    CLUSTER_IP("ClusterIP"),
    NODE_PORT("NodePort"),
    LOAD_BALANCER("LoadBalancer"),
    EXTERNAL_NAME("ExternalName");

    private final String apiName;

    ServiceType(String apiName) {
        this.apiName = apiName;
    }

    /** As the API writes it. */
    String apiName() {
        return apiName;
    }

    /** The type of this name; the default where there is no such type. */
    static ServiceType of(String name) {
        for (ServiceType type : values()) {
            if (type.apiName.equals(name)) {
                return type;
            }
        }
        return CLUSTER_IP;
    }
}
