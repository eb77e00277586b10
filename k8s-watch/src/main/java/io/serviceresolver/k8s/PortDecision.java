package io.serviceresolver.k8s;

/** Which port a name means, given what is known. */
sealed interface PortDecision {

    /**
     * This one.
     *
     * @param choice finds it in each slice
     */
    record Use(PortChoice choice) implements PortDecision {}

    /** That depends on the Service object, which is not known yet. */
    record NeedsService() implements PortDecision {}

    /**
     * None.
     *
     * @param reason what is wrong, and which ports there are
     */
    record Refused(String reason) implements PortDecision {}
}
