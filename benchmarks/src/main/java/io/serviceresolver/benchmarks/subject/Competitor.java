package io.serviceresolver.benchmarks.subject;

import java.util.Set;
import java.util.function.IntFunction;

/**
 * A system that takes part, and in what.
 *
 * @param name what tables call it
 * @param team whose it is
 * @param floor the name of the system that does the least of what this one does
 * @param activities what is measured of it
 * @param factory makes it, with a number of endpoints
 */
public record Competitor(
        String name, Team team, String floor, Set<Activity> activities, IntFunction<? extends Subject> factory) {

    /** The floor of all that begin and end calls. */
    static final String COUNTED_FLOOR = "floor-p2c";

    private static final Set<Activity> UNCOUNTED =
            Set.of(Activity.PICK, Activity.DURING, Activity.UPDATE, Activity.HEAP);
    private static final Set<Activity> COUNTED = Set.of(Activity.CALL, Activity.BUSY, Activity.UPDATE, Activity.HEAP);

    /** Copies the activities. */
    public Competitor {
        activities = Set.copyOf(activities);
    }

    /** Whose a system is. */
    public enum Team {
        /** Nobody's: the least that any could do. */
        FLOOR,
        /** This library. */
        OURS,
        /** Others. */
        PEER
    }

    /**
     * Another library with a policy that counts no calls: it is asked to pick.
     *
     * @param name what tables call it
     * @param floor the name of the system that does the least of what this one does
     * @param factory makes it, with a number of endpoints
     */
    public static Competitor uncounted(String name, String floor, IntFunction<? extends Subject> factory) {
        return new Competitor(name, Team.PEER, floor, UNCOUNTED, factory);
    }

    /**
     * Another library with a policy that counts calls: it is asked to begin and end them.
     *
     * @param name what tables call it
     * @param factory makes it, with a number of endpoints
     */
    public static Competitor counted(String name, IntFunction<? extends Subject> factory) {
        return new Competitor(name, Team.PEER, COUNTED_FLOOR, COUNTED, factory);
    }

    /**
     * The name of the floor of an activity.
     *
     * @param activity what is measured
     * @return empty where nothing needs to be done
     */
    public String floor(Activity activity) {
        return switch (activity) {
            case CALL, BUSY -> COUNTED_FLOOR;
            case HEAP, SERVICES, REST -> "";
            default -> floor;
        };
    }
}
