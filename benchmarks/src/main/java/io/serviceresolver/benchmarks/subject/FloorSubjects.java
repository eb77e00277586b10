package io.serviceresolver.benchmarks.subject;

import io.serviceresolver.benchmarks.subject.Competitor.Team;
import java.util.List;
import java.util.Set;

/** The floors. */
final class FloorSubjects implements SubjectProvider {

    private static final Set<Activity> UNCOUNTED =
            Set.of(Activity.PICK, Activity.DURING, Activity.UPDATE, Activity.HEAP);
    private static final Set<Activity> COUNTED =
            Set.of(Activity.PICK, Activity.CALL, Activity.BUSY, Activity.DURING, Activity.UPDATE, Activity.HEAP);
    private static final Set<Activity> KEPT = Set.of(Activity.HEAP, Activity.SERVICES);

    @Override
    public List<Competitor> competitors() {
        return List.of(
                new Competitor("floor-rr", Team.FLOOR, "floor-rr", UNCOUNTED, Floors::roundRobin),
                new Competitor("floor-rr-striped", Team.FLOOR, "floor-rr", UNCOUNTED, Floors::striped),
                new Competitor("floor-random", Team.FLOOR, "floor-random", UNCOUNTED, Floors::random),
                new Competitor("floor-p2c", Team.FLOOR, "floor-p2c", COUNTED, Floors::twoChoices),
                new Competitor("endpoints", Team.FLOOR, "", KEPT, BareEndpoints::new));
    }
}
