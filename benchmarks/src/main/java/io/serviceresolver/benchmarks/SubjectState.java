package io.serviceresolver.benchmarks;

import io.serviceresolver.benchmarks.subject.Subject;
import io.serviceresolver.benchmarks.subject.Subjects;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The system under test. */
@State(Scope.Benchmark)
public class SubjectState {

    /** Which one. */
    @Param({"floor-rr"})
    public String system = "floor-rr";

    /** How many endpoints it has. */
    @Param({"10"})
    public int size = 10;

    private @Nullable Subject subject;

    /** Makes the system. */
    @Setup(Level.Trial)
    public void open() {
        subject = Subjects.load().find(system).factory().apply(size);
    }

    /** Lets go of the system. */
    @TearDown(Level.Trial)
    public void close() {
        subject().close();
    }

    Subject subject() {
        return Objects.requireNonNull(subject);
    }
}
