package io.serviceresolver;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Target;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once where calls to a service end without a word of how, as health learns nothing from those. Event loop only. */
final class SilentCallers {

    /** So many calls say that nobody means to. */
    static final long MANY = 1_000;

    private static final Logger log = LoggerFactory.getLogger(SilentCallers.class);

    /** What a caller says of an endpoint. */
    private static final Set<Outcome> WORDS = EnumSet.complementOf(EnumSet.of(Outcome.UNREPORTED, Outcome.CANCELLED));

    private final Target target;
    private final OutcomeCounters outcomes;
    private boolean said;

    SilentCallers(Target target, OutcomeCounters outcomes) {
        this.target = target;
        this.outcomes = outcomes;
    }

    /** Looks at what was counted since the beginning. */
    void look() {
        long silent = said ? 0 : outcomes.count(Outcome.UNREPORTED);
        if (silent >= MANY && WORDS.stream().allMatch(one -> outcomes.count(one) == 0)) {
            said = true;
            log.warn(
                    "{}: how calls end is not told (expected: Lease.success and Lease.failure before Lease.close, or"
                            + " ServiceHandle.call): of {} calls none was, so an endpoint that fails is not left alone;"
                            + " this is said once",
                    target,
                    silent);
        }
    }
}
