package io.serviceresolver.benchmarks;

import io.serviceresolver.benchmarks.subject.Subject;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Calls that are in flight all the time: four for each endpoint. */
@State(Scope.Benchmark)
public class StandingCalls {

    private static final int FOR_EACH_ENDPOINT = 4;

    /**
     * Begins them, where the policy of the system would have them.
     *
     * @param state the system
     */
    @Setup(Level.Trial)
    public void begin(SubjectState state) {
        Subject subject = state.subject();
        for (int i = 0; i < FOR_EACH_ENDPOINT * state.size; i++) {
            subject.begin();
        }
    }
}
