package io.serviceresolver.k8s;

/** A part of a {@link SharedCollection} that somebody follows. Used by the scheduler's thread. */
interface Share {

    /** Begins: from now on the state is told. Called once. */
    void start();

    /** Ends it: nothing more is told. */
    void close();
}
