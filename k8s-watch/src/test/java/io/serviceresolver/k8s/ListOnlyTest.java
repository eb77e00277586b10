package io.serviceresolver.k8s;

import static io.serviceresolver.k8s.WatchLab.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.testkit.ApiFault;
import io.serviceresolver.testkit.ApiVerb;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A Role with the verb list and without watch. */
class ListOnlyTest {

    private static final String BEFORE = "found 127.0.0.2:8080";
    private static final String AFTER = "found 127.0.0.2:8080 127.0.0.3:8080";

    private final WatchLab lab = new WatchLab();
    private final CapturedLog log = CapturedLog.of(EndpointSliceSource.class);

    @AfterEach
    void close() {
        log.close();
        lab.close();
    }

    private Follower follow() {
        lab.server.put(slice("a", "127.0.0.2"));
        lab.server.on(ApiVerb.WATCH).always(ApiFault.status(403).message("no"));
        Follower follower = lab.follow("skippy", BEFORE);
        lab.settle(2);
        return follower;
    }

    @Test
    void listsInsteadAndSaysOnceWhichVerbIsMissing() {
        Follower follower = follow();
        // Perhaps that was not all that is forbidden: a list soon tells.
        assertThat(lab.nextRequest()).isLessThan(Duration.ofSeconds(2));
        lab.hear("a list");
        lab.hear("403");
        lab.server.put(slice("b", "127.0.0.3"));
        for (int i = 0; i < 5; i++) {
            assertThat(lab.nextRequest()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(91));
            lab.hear("a list");
            lab.hear("403");
        }
        assertThat(follower.all()).containsExactly(BEFORE, AFTER);
        assertThat(log.warnings())
                .containsExactly(
                        "endpointslices.discovery.k8s.io in namespace shield may be listed but not watched, and"
                                + " is listed every 30 to 90 s instead: watch endpointslices.discovery.k8s.io in namespace shield:"
                                + " 403 no (expected: a Role in namespace shield with the rule {apiGroups: [\"discovery.k8s.io\"],"
                                + " resources: [endpointslices], verbs: [list, watch]}, bound to this Pod's service account)");
    }

    @Test
    void watchesOnceItMay() {
        Follower follower = follow();
        lab.nextRequest();
        lab.hear("a list");
        lab.hear("403");
        lab.server.heal();
        lab.nextRequest();
        lab.hear("a list");
        lab.hear("the watch to open");
        lab.server.awaitWatches(1);
        lab.server.put(slice("b", "127.0.0.3"));
        lab.until(follower, AFTER);
    }

    @Test
    void saysSoWhenItMayNotListAnyMoreEither() {
        Follower follower = follow();
        lab.server.on(ApiVerb.LIST).always(ApiFault.status(403).message("no"));
        lab.nextRequest();
        lab.hear("403 for slices");
        lab.hear("403 for Endpoints");
        lab.advance(Duration.ofSeconds(5));
        assertThat(follower.last()).startsWith("unavailable: list endpointslices");
    }
}
