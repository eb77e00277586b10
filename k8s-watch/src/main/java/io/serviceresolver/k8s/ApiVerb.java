package io.serviceresolver.k8s;

/** What is asked of the API: the two verbs that access rules have to allow. */
enum ApiVerb {
    LIST,
    WATCH
}
