package io.serviceresolver;

import static io.serviceresolver.Pods.pod;
import static io.serviceresolver.Pods.pods;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.balancer.Balancer;
import io.serviceresolver.balancer.Candidate;
import io.serviceresolver.balancer.Picker;
import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.health.OutlierPolicy;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What balancers are told of calls. */
class CallNoticesTest extends EngineTest {

    private final List<Recorder> recorders = new ArrayList<>();
    private Balancer.Interest interest = Balancer.Interest.CALLS;
    private boolean keepAccounts;
    private int clockReads;

    @Override
    ServiceResolverBuilder configure(ServiceResolverBuilder builder) {
        return builder.outliers(OutlierPolicy.never())
                .time(this::countingTime, time)
                .balancer(random -> {
                    Recorder recorder = new Recorder(interest, keepAccounts, new ArrayList<>());
                    recorders.add(recorder);
                    return recorder;
                });
    }

    private long countingTime() {
        clockReads++;
        return time.nanoTime();
    }

    @Test
    void aBalancerHearsOfTheCallsOfAllHandlesOfItsService() {
        ServiceHandle skippy = follow("skippy");
        ServiceHandle canary = skippy.subset("ver=v2");
        time.runDue();
        say(() -> source.found(pod(1), pod(2, Map.of("ver", "v2"))));
        canary.acquire().complete(Outcome.SERVER_ERROR);
        skippy.begin().end(Outcome.TIMEOUT, 5);
        assertThat(recorders)
                .hasSize(2)
                .allSatisfy(recorder -> assertThat(recorder.heard)
                        .containsExactly(
                                "10.0.0.2 begun, 1 in flight",
                                "10.0.0.2 SERVER_ERROR after -1, 0 in flight",
                                "10.0.0.1 begun, 1 in flight",
                                "10.0.0.1 TIMEOUT after 5, 0 in flight"));
        assertThat(skippy.stats().completed(Outcome.TIMEOUT)).isEqualTo(1);
    }

    @Test
    void aBalancerThatWantsThemGetsLatencies() {
        interest = Balancer.Interest.LATENCY;
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pod(1)));
        Lease lease = skippy.acquire();
        time.advance(Duration.ofMillis(7));
        lease.success();
        assertThat(recorders.get(0).heard.get(1)).isEqualTo("10.0.0.1 SUCCESS after 7000000, 0 in flight");
    }

    @Test
    void noCallLooksAtTheClockWhereNoBalancerWantsLatencies() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pod(1)));
        int before = clockReads;
        skippy.acquire().success();
        skippy.resolve();
        assertThat(clockReads).isEqualTo(before);
    }

    @Test
    void aBalancerThatIsNotInterestedHearsNothing() {
        interest = Balancer.Interest.NONE;
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pod(1)));
        skippy.acquire().success();
        assertThat(recorders.get(0).heard).isEmpty();
    }

    @Test
    void aBalancerThatKeepsItsOwnAccountIsNotToldOfWhatItBegan() {
        keepAccounts = true;
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pod(1)));
        skippy.begin();
        assertThat(recorders.get(0).heard).isEmpty();
        ServiceHandle part = skippy.subset("!ver");
        time.runDue();
        part.begin().end(Outcome.SUCCESS, 1);
        assertThat(recorders.get(0).heard)
                .containsExactly("10.0.0.1 begun, 2 in flight", "10.0.0.1 SUCCESS after 1, 1 in flight");
        assertThat(recorders.get(1).heard).containsExactly("10.0.0.1 SUCCESS after 1, 1 in flight");
    }

    @Test
    void thePartOfAServiceThatNobodyHoldsIsForgotten() {
        ServiceHandle skippy = follow("skippy");
        skippy.subset("ver=v2");
        time.runDue();
        WeakReference<Recorder> dropped = new WeakReference<>(recorders.remove(1));
        for (int i = 1; i <= 50 && dropped.get() != null; i++) {
            System.gc();
            int count = i;
            say(() -> source.found(pods(count)));
        }
        assertThat(dropped.get()).isNull();
    }

    private record Recorder(Balancer.Interest interest, boolean keepsAccount, List<String> heard) implements Balancer {

        @Override
        public Picker update(List<? extends Candidate> candidates) {
            return new Picker() {
                @Override
                public Candidate pick() {
                    return candidates.get(0);
                }

                @Override
                public Candidate begin() {
                    pick().begin(keepsAccount ? Recorder.this : null);
                    return pick();
                }
            };
        }

        @Override
        public void begun(Candidate at) {
            heard.add(at.endpoint().address() + " begun, " + at.inFlight() + " in flight");
        }

        @Override
        public void ended(Candidate at, Outcome outcome, long latencyNanos) {
            heard.add(at.endpoint().address() + " " + outcome + " after " + latencyNanos + ", " + at.inFlight()
                    + " in flight");
        }
    }
}
