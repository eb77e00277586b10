package io.serviceresolver.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.health.EndpointHealth.Ejection;
import io.serviceresolver.health.EndpointHealth.Interval;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Ten endpoints and their detector. */
abstract class DetectorTest {

    static final long SECOND = Duration.ofSeconds(1).toNanos();

    final OutlierPolicy policy = OutlierPolicy.standard();
    final OutlierDetector detector = new OutlierDetector(policy, new Random(1));
    List<EndpointHealth> all = fleet(10);
    private final long[] successes = new long[100];
    long now = Long.MAX_VALUE - 5 * SECOND;

    static List<EndpointHealth> fleet(int size) {
        List<EndpointHealth> fleet = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            fleet.add(new EndpointHealth());
        }
        return fleet;
    }

    /** Records calls; judges where that is asked for. */
    void calls(int endpoint, int count, Outcome outcome) {
        for (int i = 0; i < count; i++) {
            EndpointHealth one = all.get(endpoint);
            successes[endpoint] += outcome == Outcome.SUCCESS ? 1 : 0;
            if (one.record(outcome, policy)) {
                detector.judge(List.of(one), all, now);
            }
        }
    }

    void interval() {
        now += 10 * SECOND;
        List<Interval> recorded = IntStream.range(0, all.size())
                .mapToObj(i -> all.get(i).takeInterval(successes[i]))
                .toList();
        Arrays.fill(successes, 0);
        detector.judgeInterval(recorded, now);
    }

    List<Integer> ejected() {
        List<Integer> ejected = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).isEjected()) {
                ejected.add(i);
            }
        }
        return ejected;
    }

    Ejection ejection(int endpoint) {
        return all.get(endpoint).ejection().orElseThrow();
    }

    double seconds(int endpoint) {
        Ejection ejection = ejection(endpoint);
        return (ejection.untilNanos() - ejection.sinceNanos()) / (double) SECOND;
    }

    /** Passes the time until the ejection of one is over. */
    void openTrial(int endpoint) {
        now = ejection(endpoint).untilNanos();
        assertThat(detector.advance(all, now)).isTrue();
        assertThat(all.get(endpoint).trial()).isPresent();
    }
}
