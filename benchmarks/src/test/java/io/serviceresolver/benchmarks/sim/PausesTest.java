package io.serviceresolver.benchmarks.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Clients stand still when they are to. */
class PausesTest {

    private static final long PAUSE = Duration.ofSeconds(1).toNanos();

    private final Events events = new Events(0);
    private final List<Long> told = new ArrayList<>();
    private final Endpoint endpoint = Endpoint.of("10.1.0.1", 8080);
    private final Client client = Noted::new;

    private final class Noted implements Lease {

        @Override
        public Endpoint endpoint() {
            return endpoint;
        }

        @Override
        public void complete(Outcome outcome) {
            told.add(events.now());
        }
    }

    /** Stands still all the time, but for a moment now and then. */
    private Client pausing() {
        Pauses pauses = new Pauses(Duration.ofNanos(PAUSE), Duration.ofNanos(1_000));
        return pauses.of(client, events, new SplittableRandom(42));
    }

    @Test
    void whatEndsInAPauseIsKnownAfterIt() {
        Lease lease = pausing().acquire();
        assertThat(lease.endpoint()).isEqualTo(endpoint);
        events.at(PAUSE / 2, () -> lease.complete(Outcome.SUCCESS));
        events.run();
        assertThat(told).singleElement().satisfies(at -> assertThat(at).isBetween(PAUSE, PAUSE + 10_000));
    }

    @Test
    void whatIsToBeDoneInAPauseIsDoneAfterIt() {
        Client pausing = pausing();
        pausing.whenAwake(() -> told.add(events.now()));
        events.at(PAUSE / 2, () -> pausing.whenAwake(() -> told.add(events.now())));
        events.run();
        assertThat(told).first().isEqualTo(0L);
        assertThat(told).last().satisfies(at -> assertThat(at).isBetween(PAUSE, PAUSE + 10_000));
    }

    @Test
    void withoutPausesAClientIsAsItWas() {
        assertThat(Pauses.NONE.of(client, events, new SplittableRandom(42))).isSameAs(client);
    }
}
