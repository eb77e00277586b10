package io.serviceresolver;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls that fail without end, and an event loop that has other things to do. */
class SuspectsTest {

    private static final ServiceName SKIPPY =
            ServiceName.parse("skippy", new ClusterContext("shield", ClusterContext.DEFAULT_DOMAIN));

    private final VirtualTime time = new VirtualTime();
    private final Host one = new Host(Pods.pod(1), 0, HostTableTest.ledger());
    private final Host other = new Host(Pods.pod(2), 1, HostTableTest.ledger());
    private final List<List<Host>> judged = new ArrayList<>();
    private boolean fruitful = true;

    private final Suspects suspects = new Suspects(SKIPPY, time, some -> {
        judged.add(some);
        return fruitful;
    });

    @Test
    void areJudgedTogetherAndEachOnce() {
        for (int i = 0; i < 1_000; i++) {
            suspects.add(one);
            suspects.add(other);
        }
        time.runDue();
        assertThat(judged).hasSize(1);
        assertThat(judged.get(0)).containsExactlyInAnyOrder(one, other);
    }

    @Test
    void areJudgedAtOnceAsLongAsThatIsGoodForSomething() {
        suspects.add(one);
        time.runDue();
        suspects.add(one);
        time.runDue();
        assertThat(judged).containsExactly(List.of(one), List.of(one));
    }

    @Test
    void waitWhereItIsGoodForNothing() {
        fruitful = false;
        suspects.add(one);
        time.runDue();
        suspects.add(one);
        suspects.add(other);
        time.advance(Duration.ofMillis(99));
        assertThat(judged).hasSize(1);
        time.advance(Duration.ofMillis(1));
        assertThat(judged).hasSize(2);
        assertThat(judged.get(1)).containsExactlyInAnyOrder(one, other);
        time.advance(Duration.ofMillis(100));
        fruitful = true;
        suspects.add(one);
        time.runDue();
        assertThat(judged).as("the pause is over").hasSize(3);
    }

    @Test
    void thatComeWhileOthersAreJudgedAreJudgedNext() {
        Suspects[] same = new Suspects[1];
        same[0] = new Suspects(SKIPPY, time, some -> {
            judged.add(some);
            if (judged.size() < 3) {
                same[0].add(one);
            }
            return true;
        });
        same[0].add(one);
        time.runDue();
        assertThat(judged).hasSize(3);
    }
}
