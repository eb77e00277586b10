package io.serviceresolver.benchmarks.subject;

import java.util.List;

/** Offers systems to measure. Found by {@link java.util.ServiceLoader}. */
@FunctionalInterface
public interface SubjectProvider {

    /** The systems, in the order in which they are measured. */
    List<Competitor> competitors();
}
