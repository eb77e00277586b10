package io.serviceresolver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.PodLabels;
import io.serviceresolver.source.SourceSubscription;
import io.serviceresolver.testkit.ApiFault;
import io.serviceresolver.testkit.ApiRequest;
import io.serviceresolver.testkit.ApiServer;
import io.serviceresolver.testkit.ApiVerb;
import io.serviceresolver.testkit.SliceJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The labels of the Pods of many Services of one namespace. */
class PodsOfManyServicesTest {

    private static final int NARROW = WatchOptions.DEFAULTS.namespaceWatchAbove();
    private static final Predicate<ApiRequest> PODS =
            request -> request.resource().equals("pods");
    private static final Predicate<ApiRequest> ALL_PODS =
            PODS.and(request -> request.parameter("labelSelector").isEmpty());

    private final WatchLab lab = new WatchLab(ApiServer.start(), WatchOptions.DEFAULTS);
    private final List<Follower> followers = new ArrayList<>();

    @AfterEach
    void close() {
        lab.close();
    }

    private void followAll(int services) {
        for (int i = 0; i < services; i++) {
            String address = "127.0.1." + (i + 1);
            lab.server.put(SliceJson.slice("slice-" + i)
                    .namespace("shield")
                    .service("service-" + i)
                    .port("http", 8080)
                    .pod(address, "pod-" + i)
                    .json());
            lab.server.put(
                    PodJson.pod("pod-" + i, address).label("app", "a" + i).json());
            lab.server.put(PodJson.service("service-" + i, "app", "a" + i));
            followers.add(lab.follow("service-" + i));
        }
        followers.forEach(one -> lab.until(() -> "found", () -> one.last().startsWith("found")));
        lab.subscriptions.forEach(SourceSubscription::requirePodLabels);
        lab.until(
                () -> "labels",
                () -> followers.stream()
                        .allMatch(one -> one.set().traits().podLabels().equals(PodLabels.KNOWN)));
    }

    private static boolean isWideWatch(ApiRequest request) {
        return request.verb() == ApiVerb.WATCH
                && request.parameter("labelSelector").isEmpty()
                && request.parameter("fieldSelector").isEmpty();
    }

    private long count(Predicate<ApiRequest> requests) {
        return lab.server.requests().stream().filter(requests).count();
    }

    private Map<String, String> labels(int service) {
        return followers.get(service).set().endpoints().get(0).labels();
    }

    @Test
    void readsPodsServicesAndSlicesByOneWatchEach() {
        followAll(NARROW + 1);
        lab.until(() -> "one watch of each", () -> count(PodsOfManyServicesTest::isWideWatch) == 3);
        lab.server.awaitWatches(3);
        assertThat(count(ALL_PODS)).isEqualTo(2);
        assertThat(count(PODS)).isLessThanOrEqualTo(2L * NARROW + 2);
        assertThat(lab.source.requests()).isLessThanOrEqualTo(3 * (2L * NARROW + 2));
        lab.server.put(PodJson.pod("pod-3", "127.0.1.4")
                .label("app", "a3")
                .label("ver", "v2")
                .json());
        lab.until(() -> "v2", () -> "v2".equals(labels(3).get("ver")));
        assertThat(labels(2)).containsEntry("app", "a2");
        lab.server.put(PodJson.service("service-3", "ver", "v2"));
        lab.server.put(PodJson.pod("pod-3", "127.0.1.4").label("ver", "v2").json());
        lab.until(() -> "the new selector", () -> labels(3).equals(Map.of("ver", "v2")));
    }

    @Test
    void readsAllPodsOnceWhereServicesCannotBeRead() {
        lab.server.on(ApiVerb.LIST, "services").always(ApiFault.status(403));
        followAll(3);
        assertThat(labels(2)).containsEntry("app", "a2");
        lab.until(() -> "a watch", () -> count(PODS) == 2);
        assertThat(count(ALL_PODS)).isEqualTo(2);
    }
}
