package io.serviceresolver.testkit;

/** What a request asks of the Kubernetes API, in the words of its access rules. */
public enum ApiVerb {
    /** One object by its name. */
    GET,
    /** All objects of a collection. */
    LIST,
    /** The changes of a collection, as they happen. */
    WATCH
}
