package io.serviceresolver.benchmarks;

/** One system under test, with its endpoints. */
interface Subject extends AutoCloseable {

    /** Chooses, and counts nothing. */
    Object pick();

    /** Chooses for a call and begins it: what {@link #end} needs. */
    default Object begin() {
        return pick();
    }

    /** Ends a call. */
    default void end(Object call) {}

    /** Replaces one endpoint by another, so that the next pick knows it. */
    void update();

    @Override
    default void close() {}
}
