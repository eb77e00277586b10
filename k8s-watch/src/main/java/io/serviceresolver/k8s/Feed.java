package io.serviceresolver.k8s;

/** What is known of one Service, for all who want to know, whichever port they mean. Used by the scheduler's thread. */
interface Feed {

    void start();

    /** Takes a subscription in, and tells it what is known. */
    void add(FeedSubscription subscription);

    /** Takes a subscription out: whether it was the last one. */
    boolean remove(FeedSubscription subscription);

    void close();
}
