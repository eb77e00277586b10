package io.serviceresolver.k8s;

/** What is known of the Service object. */
sealed interface ServiceKnowledge {

    /** Not answered yet. */
    record Unknown() implements ServiceKnowledge {}

    /**
     * It can be read, and there is one.
     *
     * @param service what it says
     */
    record Known(ServiceView service) implements ServiceKnowledge {}

    /**
     * It cannot be read, or there is none.
     *
     * @param reason why
     */
    record Missing(String reason) implements ServiceKnowledge {}
}
