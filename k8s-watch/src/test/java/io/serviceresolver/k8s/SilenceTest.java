package io.serviceresolver.k8s;

import static io.serviceresolver.k8s.WatchLab.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.testkit.ApiFault;
import io.serviceresolver.testkit.ApiVerb;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections that are dead without a sign, and watches that have lived long enough. */
class SilenceTest {

    private static final String BEFORE = "found 127.0.0.2:8080";
    private static final String AFTER = "found 127.0.0.2:8080 127.0.0.3:8080";
    private static final Duration SILENCE = WatchOptions.DEFAULTS.silenceTimeout();

    private final WatchLab lab = new WatchLab();
    private Follower follower = new Follower();

    @BeforeEach
    void follow() {
        lab.server.put(slice("a", "127.0.0.2"));
        follower = lab.watch("skippy", BEFORE);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void noticesAHalfOpenWatchByItsSilence() {
        lab.server.muteWatches();
        lab.server.put(slice("b", "127.0.0.3"));
        assertThat(lab.nextRequest()).isBetween(SILENCE, SILENCE.plusMillis(40));
        lab.until(follower, AFTER);
        assertThat(follower.all()).containsExactly(BEFORE, AFTER);
        lab.hear("the new watch");
        lab.server.awaitWatches(1);
        lab.heard(lab.server::bookmark);
        assertThat(lab.server.requests(ApiVerb.LIST).get(1).query())
                .containsEntry("resourceVersion", "2")
                .containsEntry("resourceVersionMatch", "NotOlderThan");
    }

    @Test
    void leavesAWatchAloneThatSendsBookmarks() {
        for (int i = 0; i < 4; i++) {
            lab.advance(SILENCE.minusMillis(1));
            lab.heard(lab.server::bookmark);
        }
        assertThat(lab.source.apiRequests()).isEqualTo(2);
    }

    @Test
    void givesAServerWithoutBookmarksMoreTimeEachTime() {
        for (int times = 1; times <= 4; times *= 2) {
            // A watch of 5 to 10 minutes is replaced for its age.
            assertThat(lab.nextRequest())
                    .isBetween(
                            SILENCE.multipliedBy(times),
                            SILENCE.multipliedBy(times).plusMillis(40));
            lab.hear("the list");
            lab.hear("the watch");
        }
        lab.server.awaitWatches(1);
        lab.heard(lab.server::bookmark);
        lab.heard(lab.server::resetWatches);
        lab.nextWatch();
        assertThat(lab.nextRequest()).isBetween(SILENCE, SILENCE.plusMillis(40));
        assertThat(follower.answers).hasSize(1);
    }

    @Test
    void replacesAWatchOf5To10MinutesWhileItGoesOn() {
        Duration lived = Duration.ZERO;
        while (lab.source.apiRequests() == 2) {
            lab.heard(lab.server::bookmark);
            lab.advance(Duration.ofSeconds(30));
            lived = lived.plusSeconds(30);
        }
        assertThat(lived).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(10));
        lab.hear("the list");
        lab.hear("the watch");
        lab.server.awaitWatches(1);
        assertThat(lab.source.apiRequests()).isEqualTo(4);
        assertThat(follower.answers).hasSize(1);
    }

    @Test
    void tellsTheServerWhenToEndAWatchThatNobodyListensTo() {
        assertThat(Long.parseLong(lab.server.requests(ApiVerb.WATCH).get(0).parameter("timeoutSeconds")))
                .isBetween(330L, 630L);
    }

    @Test
    void keepsALivelyWatchWhenTheListForItsReplacementFails() {
        lab.server.on(ApiVerb.LIST).next(ApiFault.status(500));
        while (lab.source.apiRequests() == 2) {
            lab.heard(lab.server::bookmark);
            lab.advance(Duration.ofSeconds(30));
        }
        lab.hear("500");
        lab.server.put(slice("b", "127.0.0.3"));
        lab.until(follower, AFTER);
        lab.nextRequest();
        lab.hear("the list");
        lab.hear("the watch");
        lab.server.awaitWatches(1);
        assertThat(follower.all()).containsExactly(BEFORE, AFTER);
        assertThat(lab.source.apiRequests()).isEqualTo(5);
    }

    @Test
    void dropsASilentWatchWhenTheServerDoesNotListEither() {
        lab.server.muteWatches();
        lab.server.on(ApiVerb.LIST).next(ApiFault.status(500));
        assertThat(lab.nextRequest()).isBetween(SILENCE, SILENCE.plusMillis(40));
        lab.hear("500");
        lab.server.awaitWatches(0);
        lab.server.put(slice("b", "127.0.0.3"));
        lab.nextRequest();
        lab.until(follower, AFTER);
        assertThat(follower.all()).containsExactly(BEFORE, AFTER);
    }

    @Test
    void givesUpAWatchThatTheServerDoesNotTake() {
        lab.server.on(ApiVerb.WATCH).next(ApiFault.mute());
        lab.heard(lab.server::resetWatches);
        lab.nextRequest();
        lab.server.put(slice("b", "127.0.0.3"));
        assertThat(lab.nextRequest()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(12));
        lab.until(follower, AFTER);
        assertThat(follower.last()).isEqualTo(AFTER);
    }

    @Test
    void seesADeadConnectionAfterAPauseOfTheProcess() {
        lab.server.muteWatches();
        lab.server.put(slice("b", "127.0.0.3"));
        // As after a suspension: time has jumped on, and all timers are due.
        lab.advance(Duration.ofHours(1));
        lab.afterRequests("the list", () -> follower.last().equals(AFTER));
        assertThat(follower.set().size()).isEqualTo(2);
    }
}
