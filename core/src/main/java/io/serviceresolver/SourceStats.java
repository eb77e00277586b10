package io.serviceresolver;

/** Figures of one source of a resolver, each read at the moment it is asked for. Thread-safe. */
public interface SourceStats {

    /** What the source is called, such as {@code watch}. */
    String name();

    /** How many requests it has sent to the outside so far; 0 where it does not count them. It never falls. */
    long requests();
}
