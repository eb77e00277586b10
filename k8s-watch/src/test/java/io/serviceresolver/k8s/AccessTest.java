package io.serviceresolver.k8s;

import static io.serviceresolver.k8s.WatchLab.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.testkit.ApiFault;
import io.serviceresolver.testkit.ApiVerb;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server that does not let us in: what is said of it, and that it heals by itself. */
class AccessTest {

    private static final String FOUND = "found 127.0.0.2:8080";
    private static final String MESSAGE = "endpointslices.discovery.k8s.io is forbidden: User"
            + " \"system:serviceaccount:shield:default\" cannot list resource";

    private final WatchLab lab = new WatchLab();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void namesTheRuleThatIsMissingAndTriesAgainSlowly() {
        lab.server.put(slice("a", "127.0.0.2"));
        lab.server.on(ApiVerb.LIST).always(ApiFault.status(403).message(MESSAGE));
        Follower follower = lab.follow("skippy");
        lab.untilSaid(follower, "unavailable");
        assertThat(follower.last())
                .isEqualTo("unavailable: list endpointslices.discovery.k8s.io in namespace shield: 403 " + MESSAGE
                        + " (expected: a Role in namespace shield with the rule {apiGroups: [\"discovery.k8s.io\"],"
                        + " resources: [endpointslices], verbs: [list, watch]}, bound to this Pod's service account)");
        for (int i = 0; i < 5; i++) {
            assertThat(lab.nextRequest()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(90));
            lab.hear("403");
            lab.hear("403 for the Endpoints object");
        }
        assertThat(follower.answers).hasSize(1);
        lab.server.heal();
        lab.nextRequest();
        lab.until(follower, FOUND);
    }

    @Test
    void sticksToWhatWasKnownWhenTheRightIsTakenAway() {
        lab.server.put(slice("a", "127.0.0.2"));
        Follower follower = lab.watch("skippy", FOUND);
        lab.server.on(ApiVerb.WATCH).always(ApiFault.status(403));
        lab.server.on(ApiVerb.LIST).always(ApiFault.status(403));
        lab.heard(lab.server::resetWatches);
        lab.nextRequest();
        lab.hear("403 for the watch");
        lab.nextRequest();
        lab.hear("403");
        lab.hear("403 for the Endpoints object");
        lab.advance(Duration.ofSeconds(5));
        assertThat(follower.last()).contains("list endpointslices", "403", "verbs: [list, watch]");
        lab.server.heal();
        lab.nextRequest();
        lab.until(follower, FOUND);
        assertThat(follower.set().version()).isOne();
    }

    @Test
    void saysThatTheApiIsNotServed() {
        lab.server.unserve("discovery.k8s.io/v1");
        lab.server.unserve("v1");
        Follower follower = lab.follow("skippy");
        lab.untilSaid(
                follower, "EndpointSlices v1 are not served by this API server (expected: Kubernetes 1.21 or newer)");
        assertThat(lab.nextRequest()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(90));
    }

    @Test
    void neverSaysTheToken() {
        lab.server.requireToken("the-right-one");
        Follower follower = lab.follow("skippy");
        lab.untilSaid(follower, ": 401 ");
        assertThat(follower.last())
                .contains("(expected: a valid token or certificate)")
                .doesNotContain("any");
    }

    @Test
    void showsRemoteTextInOneLineAndCut() {
        lab.server.on(ApiVerb.LIST).next(ApiFault.status(500).message("a\nb\u001b[31m\u00e9" + "x".repeat(500)));
        Follower follower = lab.follow("skippy");
        lab.untilSaid(follower, ": 500 a\\u000ab\\u001b[31m\\u00e9xxx");
        assertThat(follower.last()).endsWith("x... (509 characters)").hasSizeLessThan(350);
    }

    @Test
    void survivesAnErrorWithoutEnd() {
        lab.server.put(slice("a", "127.0.0.2"));
        lab.server.on(ApiVerb.LIST).next(ApiFault.status(500).message("x".repeat(300_000)));
        Follower follower = lab.follow("skippy");
        lab.untilSaid(follower, ": 500");
        lab.nextRequest();
        lab.until(follower, FOUND);
    }
}
