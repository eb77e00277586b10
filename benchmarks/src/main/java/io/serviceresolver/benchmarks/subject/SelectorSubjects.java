package io.serviceresolver.benchmarks.subject;

import static io.serviceresolver.benchmarks.subject.Activity.MATCH;
import static io.serviceresolver.benchmarks.subject.Activity.RELABEL;

import io.serviceresolver.benchmarks.subject.Competitor.Team;
import java.util.List;
import java.util.Set;

/** Many selectors over many sets of labels: the index, and the loop over all of them that it replaces. */
final class SelectorSubjects implements SubjectProvider {

    private static final Set<Activity> BOTH = Set.of(MATCH, RELABEL);

    @Override
    public List<Competitor> competitors() {
        return List.of(
                new Competitor("selector-loop", Team.FLOOR, "selector-loop", BOTH, SelectorLoop::new),
                new Competitor("selector-index", Team.OURS, "selector-loop", BOTH, SelectorEngine::new));
    }
}
