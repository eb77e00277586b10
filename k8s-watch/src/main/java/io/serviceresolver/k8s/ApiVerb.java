package io.serviceresolver.k8s;

/** What is asked of the API: the two verbs that access rules have to allow, and one that asks for those rules. */
enum ApiVerb {
    LIST,
    WATCH,
    CREATE
}
