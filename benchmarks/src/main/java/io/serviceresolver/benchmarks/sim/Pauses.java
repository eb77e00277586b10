package io.serviceresolver.benchmarks.sim;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * How clients stand still now and then, as a process does whose garbage is collected, or that has used up its share of the
 * processors.
 *
 * @param length how long each pause is
 * @param gap the time between two pauses of a client on average, exponentially distributed; zero: there are none
 */
record Pauses(Duration length, Duration gap) {

    static final Pauses NONE = new Pauses(Duration.ZERO, Duration.ZERO);

    /** The client, as it is where there are no pauses. */
    Client of(Client client, Events events, SplittableRandom chance) {
        return gap.isZero() ? client : new PausingClient(client, events, this, chance.split());
    }
}
