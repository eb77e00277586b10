package io.serviceresolver;

import io.serviceresolver.call.Outcome;

/** Figures of one service, each read at the moment it is asked for. Thread-safe. */
public interface ServiceStats {

    /** As {@link ServiceHandle#state}, but to read it is no use of the handle: a service that nobody uses is let go all the same. */
    ServiceState state();

    /** How many endpoints are known, whatever their conditions. */
    int known();

    /** How many endpoints are ready. */
    int ready();

    /** How many endpoints a pick chooses from. */
    int pickable();

    /** How many calls are in flight, also at endpoints that are no longer known. */
    int inFlight();

    /**
     * How many calls ended so, since the service was first used.
     *
     * @param outcome how they ended
     * @return the number; it never falls
     */
    long completed(Outcome outcome);

    /** How many times a call was tried again, since the service was first used: the number never falls. */
    long retries();

    /** How many times a call was made a second time while it went on, since the service was first used: the number never falls. */
    long hedges();

    /** How many times a call was not tried again, or not hedged, because the budget was used up: the number never falls. */
    long retriesRefused();

    /** How many of the endpoints to pick from are left alone now because of how calls to them ended. */
    int ejected();

    /** Whether so few endpoints are healthy that a {@link io.serviceresolver.routing.PanicPolicy} says what calls do. */
    boolean isPanicking();

    /** How many times an endpoint was ejected, since the service was first used: the number never falls. */
    long ejections();

    /** How many endpoints active health checks find unhealthy now: 0 where there are none. */
    int unhealthy();

    /** How many active health checks passed, since the service was first used: the number never falls. */
    long checksPassed();

    /** How many active health checks failed, since the service was first used: the number never falls. */
    long checksFailed();
}
