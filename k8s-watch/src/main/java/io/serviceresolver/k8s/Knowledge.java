package io.serviceresolver.k8s;

/** What is known of something that is followed. */
sealed interface Knowledge<T> {

    /** Nothing yet. */
    record Pending<T>() implements Knowledge<T> {}

    /**
     * This.
     *
     * @param value what it is
     */
    record Known<T>(T value) implements Knowledge<T> {}

    /**
     * It cannot be known, or no longer.
     *
     * @param reason why not, and what to do about it: one line
     */
    record Lost<T>(String reason) implements Knowledge<T> {}
}
