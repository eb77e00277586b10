package io.serviceresolver.balancer;

/**
 * Chooses one of the candidates it was made for. Immutable but for counters of its own; called by any number of threads
 * at once, for every call: it must not lock, wait, allocate or log.
 */
@FunctionalInterface
public interface Picker {

    /**
     * Chooses a candidate, without counting a call.
     *
     * @return one of the candidates
     */
    Candidate pick();

    /**
     * Chooses a candidate for a call and counts the call as in flight there. Override it where the choice depends on
     * what is in flight, and choosing and counting must be one step.
     *
     * @return one of the candidates
     */
    default Candidate begin() {
        Candidate chosen = pick();
        chosen.begin();
        return chosen;
    }

    /**
     * Chooses a candidate for a key, without counting a call. Override it, and {@link #begin(String)}, where the choice
     * depends on the key; otherwise the key makes no difference.
     *
     * @param key what the call is about
     * @return one of the candidates
     */
    default Candidate pick(String key) {
        return pick();
    }

    /**
     * Chooses a candidate for a key, and counts a call as in flight there.
     *
     * @param key what the call is about
     * @return one of the candidates
     */
    default Candidate begin(String key) {
        return begin();
    }
}
