package io.serviceresolver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.InternalTrafficPolicy;
import io.serviceresolver.endpoint.PodLabels;
import io.serviceresolver.endpoint.ServiceTraits;
import io.serviceresolver.testkit.ApiFault;
import io.serviceresolver.testkit.ApiRequest;
import io.serviceresolver.testkit.ApiVerb;
import io.serviceresolver.testkit.FakeCluster;
import io.serviceresolver.testkit.FakeNamespace;
import io.serviceresolver.testkit.FakeService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the Service object says of all its endpoints, and what holds while it cannot be read. */
class ServiceTraitsTest {

    private static final String FOUND = "found 127.0.0.2:8080";
    private static final ServiceTraits STATED =
            new ServiceTraits(InternalTrafficPolicy.LOCAL, Duration.ofHours(3), PodLabels.PENDING);
    private static final ServiceTraits DEFAULT = ServiceTraits.DEFAULT.withPodLabels(PodLabels.PENDING);

    private final FakeCluster cluster = FakeCluster.start();
    private final FakeNamespace shield = cluster.namespace("shield");
    private final WatchLab lab = new WatchLab(cluster.apiServer(), WatchOptions.DEFAULTS);

    @AfterEach
    void close() {
        lab.close();
    }

    private FakeService skippy() {
        shield.pod("skippy-1").label("app", "skippy").ip("127.0.0.2").ready();
        return shield.service("skippy")
                .port("http", 80, 8080)
                .selector("app", "skippy")
                .edit(service -> service.withObjectProperty("spec")
                        .put("internalTrafficPolicy", "Local")
                        .put("sessionAffinity", "ClientIP"));
    }

    private static ServiceTraits traits(Follower follower) {
        return follower.set().traits();
    }

    @Test
    void areInTheFirstAnswer() {
        skippy();
        Follower follower = lab.follow("skippy", FOUND);
        assertThat(traits(follower)).isEqualTo(STATED);
        assertThat(follower.answers).hasSize(1);
    }

    @Test
    void changeWithTheService() {
        FakeService service = skippy();
        Follower follower = lab.follow("skippy", FOUND);
        lab.server.awaitWatches(2);
        service.edit(json -> json.withObjectProperty("spec").put("internalTrafficPolicy", "Cluster"));
        lab.until(
                () -> "the new policy",
                () -> traits(follower).internalTrafficPolicy() == InternalTrafficPolicy.CLUSTER);
        assertThat(follower.all()).containsExactly(FOUND, FOUND);
        assertThat(follower.set().changes().isEmpty()).isTrue();
    }

    @Test
    void areWaitedForForASecond() {
        skippy();
        CountDownLatch gate = new CountDownLatch(1);
        lab.server.on(ApiVerb.LIST, "services").next(ApiFault.held(gate));
        Follower follower = lab.follow("skippy");
        lab.hear("the slices");
        lab.hear("their watch");
        lab.advance(Duration.ofMillis(999));
        assertThat(follower.answers).isEmpty();
        lab.advance(Duration.ofMillis(1));
        assertThat(follower.all()).containsExactly(FOUND);
        assertThat(traits(follower)).isEqualTo(DEFAULT);
        gate.countDown();
        lab.until(() -> "what the Service says", () -> traits(follower).equals(STATED));
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void areNotWaitedForWhereTheServiceMayNotBeRead(int status) {
        skippy();
        shield.service("other").port("http", 80, 8080).selector("app", "skippy");
        lab.server.on(ApiVerb.LIST, "services").always(ApiFault.status(status).message("no"));
        try (CapturedLog log = CapturedLog.of(EndpointSliceSource.class)) {
            long before = lab.time.nanoTime();
            Follower follower = lab.follow("skippy", FOUND);
            lab.follow("other", FOUND);
            assertThat(lab.time.nanoTime() - before)
                    .isLessThan(Duration.ofMillis(900).toNanos());
            assertThat(traits(follower)).isEqualTo(DEFAULT);
            assertThat(log.warnings()).singleElement().asString().contains("internalTrafficPolicy", status + " no");
            if (status == 403) {
                assertThat(log.warnings().get(0))
                        .contains("a Role in namespace shield with the rule {apiGroups: [\"\"], resources: [services],"
                                + " verbs: [list, watch]}");
            }
            lab.settle(6);
            lab.server.heal();
            lab.afterRequests("the Service", () -> traits(follower).equals(STATED));
        }
    }

    @Test
    void holdOnWhenTheServiceIsNoLongerFollowed() {
        skippy();
        Follower follower = lab.follow("skippy", FOUND);
        lab.settle(4);
        lab.server.on(ApiVerb.WATCH, "services").always(ApiFault.status(403));
        lab.server.on(ApiVerb.LIST, "services").always(ApiFault.status(403));
        lab.server.resetWatches();
        lab.settle(6);
        while (lab.server.requests(ApiVerb.WATCH).stream()
                        .filter(request -> request.resource().equals("endpointslices"))
                        .count()
                < 2) {
            lab.nextRequest();
            lab.hear("what came of it");
        }
        lab.advance(Duration.ofSeconds(8));
        shield.pod("skippy-2").label("app", "skippy").ip("127.0.0.3").ready();
        lab.until(follower, "found 127.0.0.2:8080 127.0.0.3:8080");
        assertThat(traits(follower)).isEqualTo(STATED);
        assertThat(follower.all()).containsExactly(FOUND, "found 127.0.0.2:8080 127.0.0.3:8080");
    }

    @Test
    void areNotAskedForWithoutServices() {
        skippy();
        try (WatchLab alone = new WatchLab(lab.server, WatchLab.SLICES)) {
            Follower follower = alone.watch("skippy", FOUND);
            assertThat(traits(follower)).isEqualTo(DEFAULT);
            alone.until(
                    alone.follow("skippy:80"),
                    "refused: port: 80 (expected: the name of a port, or a port of the Pods: http 8080; what the Service"
                            + " calls 80 is not known: Services are not read, by withoutServices())");
            assertThat(alone.server.requests())
                    .extracting(ApiRequest::resource)
                    .containsOnly("endpointslices")
                    .hasSize(2);
            assertThat(alone.source.requests()).isEqualTo(2);
        }
    }

    @Test
    void tellAServiceWithoutSlicesFromNone() {
        shield.service("skippy").port("http", 80, 8080);
        lab.follow("skippy", "found");
        lab.follow("nobody", "absent: no EndpointSlice with kubernetes.io/service-name=nobody in namespace shield");
    }

    @Test
    void areNotReadAsAbsenceWhileNobodySaidWhetherThereIsAService() {
        lab.server.on(ApiVerb.LIST, "services").always(ApiFault.status(500));
        Follower follower = lab.follow("skippy");
        List.of("the slices", "their watch", "500").forEach(lab::hear);
        lab.advance(Duration.ofSeconds(1));
        assertThat(follower.last())
                .startsWith("unavailable: no EndpointSlice with kubernetes.io/service-name=skippy in namespace shield;")
                .contains("list services in namespace shield: 500");
    }

    @Test
    void areReadInParallelWithTheSlices() {
        skippy();
        CountDownLatch gate = new CountDownLatch(1);
        lab.server.on(ApiVerb.LIST).next(ApiFault.held(gate), ApiFault.held(gate));
        Follower follower = lab.follow("skippy");
        lab.server.awaitRequests(ApiVerb.LIST, 2);
        gate.countDown();
        lab.until(follower, FOUND);
        assertThat(lab.server.requests(ApiVerb.LIST))
                .extracting(ApiRequest::resource)
                .containsExactlyInAnyOrder("endpointslices", "services");
        assertThat(lab.server.requests(ApiVerb.LIST))
                .extracting(ApiRequest::target)
                .contains("/api/v1/namespaces/shield/services?fieldSelector=metadata.name%3Dskippy&resourceVersion=0");
    }
}
