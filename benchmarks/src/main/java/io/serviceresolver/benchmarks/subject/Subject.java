package io.serviceresolver.benchmarks.subject;

/** One system under test, with its endpoints. Thread-safe, but for {@link #update} and {@link #close}. */
public interface Subject extends AutoCloseable {

    /** Chooses, and counts nothing. */
    Object pick();

    /** Chooses for a call and begins it: what {@link #end} needs. */
    default Object begin() {
        return pick();
    }

    /**
     * Ends a call.
     *
     * @param call what {@link #begin} returned
     */
    default void end(Object call) {}

    /** Replaces one endpoint by another, so that the next pick knows it. Called by one thread. */
    void update();

    @Override
    default void close() {}
}
