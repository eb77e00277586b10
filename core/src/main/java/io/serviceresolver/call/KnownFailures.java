package io.serviceresolver.call;

import org.jspecify.annotations.Nullable;

/** Reads a failure and its causes. */
final class KnownFailures {

    /** As many causes as anybody has; a failure may be its own cause. */
    private static final int MOST_CAUSES = 50;

    /** Nobody throws what cannot be loaded. */
    private static final boolean JDBC =
            ModuleLayer.boot().findModule("java.sql").isPresent();

    private KnownFailures() {}

    /** {@link Outcome#CONNECT_FAILED} where that is among them, else the first thing that is said; {@link Outcome#UNREPORTED}: nothing. */
    static Outcome read(Throwable failure) {
        Outcome first = Outcome.UNREPORTED;
        @Nullable Throwable link = failure;
        for (int i = 0; i <= MOST_CAUSES && link != null; i++) {
            Outcome one = readOne(link);
            if (one == Outcome.CONNECT_FAILED) {
                return one;
            }
            first = first == Outcome.UNREPORTED ? one : first;
            link = link.getCause();
        }
        return first;
    }

    private static Outcome readOne(Throwable failure) {
        Outcome known = JdkFailures.read(failure);
        if (known == Outcome.UNREPORTED && JDBC) {
            known = JdbcFailures.read(failure);
        }
        return known == Outcome.UNREPORTED ? GrpcFailures.read(failure) : known;
    }
}
