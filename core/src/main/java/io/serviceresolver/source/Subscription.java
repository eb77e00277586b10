package io.serviceresolver.source;

/** The interest in one service, until it is closed. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {

    /** Ends the interest and frees what it held. Does not block, does not throw; again: no effect. */
    @Override
    void close();
}
