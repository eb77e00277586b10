package io.serviceresolver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.testkit.FakeCluster;
import io.serviceresolver.testkit.FakeNamespace;
import io.serviceresolver.testkit.FakePod;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A life of Pods, as the controller tells it. */
class FakeClusterFollowTest {

    private final FakeCluster cluster = FakeCluster.start().endpointsPerSlice(2);
    private final FakeNamespace shield = cluster.namespace("shield");
    private final WatchLab lab = new WatchLab(cluster.apiServer());

    @AfterEach
    void close() {
        lab.close();
    }

    private FakePod pod(int number) {
        return shield.pod("skippy-" + number)
                .label("app", "skippy")
                .ip("127.0.0." + number)
                .ready();
    }

    private static List<Conditions> conditions(EndpointSet set) {
        return set.endpoints().stream().map(Endpoint::conditions).toList();
    }

    private void until(Follower follower, Conditions... each) {
        lab.until(
                () -> List.of(each) + " after " + follower.answers,
                () -> conditions(follower.set()).equals(List.of(each)));
    }

    @Test
    void followsPodsThroughTheirLives() {
        shield.service("skippy").port("http", 80, 8080).selector("app", "skippy");
        Follower follower = lab.watch("skippy", "found");
        FakePod first = pod(2);
        FakePod second = pod(3);
        until(follower, Conditions.READY, Conditions.READY);
        first.unready();
        until(follower, Conditions.NOT_READY, Conditions.READY);
        first.ready();
        until(follower, Conditions.READY, Conditions.READY);
        // All terminate, and serve on: what to do about that is not for the source to decide.
        first.terminate();
        second.terminate();
        until(follower, Conditions.DRAINING, Conditions.DRAINING);
        second.unready();
        until(follower, Conditions.DRAINING, Conditions.GONE);
        first.delete();
        second.delete();
        lab.until(follower, "found");
        assertThat(follower.set().isEmpty()).isTrue();
        assertThat(lab.source.apiRequests()).isEqualTo(2);
    }

    @Test
    void mergesAllSlicesOfAService() {
        shield.service("skippy").port("http", 80, 8080).selector("app", "skippy");
        for (int i = 2; i <= 12; i++) {
            pod(i);
        }
        Follower follower = lab.follow("skippy");
        lab.until(
                () -> "11 Pods",
                () -> follower.answers.size() == 1 && follower.set().size() == 11);
        assertThat(follower.set().readyCount()).isEqualTo(11);
    }

    @Test
    void neverLosesAPodThatMovesToAnotherSlice() {
        shield.service("skippy").port("http", 80, 8080).selector("app", "skippy");
        FakePod mover = pod(2);
        pod(3);
        pod(4);
        Follower follower = lab.watch("skippy", "found 127.0.0.2:8080 127.0.0.3:8080 127.0.0.4:8080");
        Endpoint before = follower.set().endpoints().get(0);
        shield.service("skippy").move(mover);
        pod(5);
        lab.until(() -> "what came after the move", () -> follower.last().contains("127.0.0.5:8080"));
        assertThat(follower.answers)
                .allSatisfy(answer -> assertThat(answer.toString()).contains("127.0.0.2:8080"));
        assertThat(follower.set().find(before.id())).hasValue(before);
    }

    @Test
    void tellsAPodFromItsSuccessorByUid() {
        shield.service("skippy").port("http", 80, 8080).selector("app", "skippy");
        FakePod ghost = pod(2).terminate();
        Follower follower = lab.watch("skippy", "found 127.0.0.2:8080");
        assertThat(follower.set().endpoints().get(0).id().uid()).isEqualTo(ghost.uid());
        FakePod successor =
                shield.pod("skippy-9").label("app", "skippy").ip("127.0.0.2").ready();
        lab.until(
                () -> "the successor",
                () -> successor
                        .uid()
                        .equals(follower.set().endpoints().get(0).id().uid()));
        assertThat(follower.set().size()).isOne();
        assertThat(follower.set().changes().removed()).hasSize(1);
    }
}
