package io.serviceresolver.apiserver;

import static io.serviceresolver.apiserver.RealPods.address;
import static io.serviceresolver.apiserver.RealPods.pod;
import static io.serviceresolver.apiserver.RealPods.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.Pod;
import io.serviceresolver.k8s.AccessReport;
import io.serviceresolver.k8s.ApiUse;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a user with few rights learns from the real API server, and with none. */
@RealApiServer
class RightsRealTest {

    private final RealNamespace cluster = RealNamespace.create();
    private final ReaderRights rights = new ReaderRights(cluster);
    private final Pod pod = pod(cluster, "web", "web-1").build();

    @BeforeAll
    static void findReader() {
        boolean there = Files.isReadable(ReaderRights.kubeconfig());
        if (!there) {
            System.out.println(
                    "SKIPPED RightsRealTest needs a file kubeconfig-reader, of a user without rights, beside "
                            + RealNamespace.kubeconfig());
        }
        assumeTrue(there);
    }

    @BeforeEach
    void makeAPodOfAService() {
        cluster.add(service("web").build());
        cluster.add(pod);
    }

    @AfterEach
    void removeAll() throws IOException {
        rights.revoke();
        cluster.close();
    }

    @Test
    void namesTheRightThatIsMissing() throws InterruptedException {
        try (RealSource source = new RealSource(ReaderRights.kubeconfig(), cluster)) {
            String reason = source.follow("web").untilUnavailable(": 403 ");
            assertThat(reason)
                    .startsWith("unavailable: list endpointslices.discovery.k8s.io in namespace " + cluster.name()
                            + ": 403 endpointslices.discovery.k8s.io is forbidden: User ")
                    .endsWith(" (expected: a Role in namespace " + cluster.name()
                            + " with the rule {apiGroups: [\"discovery.k8s.io\"], resources: [endpointslices],"
                            + " verbs: [list, watch]}, bound to this Pod's service account)");
        }
    }

    @Test
    void listingAndWatchingSlicesIsEnoughForAllButWhatTheServiceSays() throws InterruptedException, IOException {
        rights.grant(ApiUse.ENDPOINTS);
        try (RealSource source = new RealSource(ReaderRights.kubeconfig(), cluster)) {
            RealFollower web = source.follow("web");
            web.until("found " + address(pod) + ":8080");
            cluster.setReady("web-1", "False");
            web.until("found " + address(pod) + ":8080 not ready");
            source.follow("web:http").until("found " + address(pod) + ":8080 not ready");
            source.follow("web:8080").until("found " + address(pod) + ":8080 not ready");
            assertThat(source.follow("web:80").untilRefused("what the Service calls 80 is not known"))
                    .contains("list services in namespace " + cluster.name() + ": 403 ")
                    .contains("{apiGroups: [\"\"], resources: [services], verbs: [list, watch]}");
            source.follow("web.default.svc")
                    .untilUnavailable("list endpointslices.discovery.k8s.io in namespace default: 403 ");
        }
    }

    @Test
    void followsTheEndpointsObjectWhereThatIsAllItMayRead() throws InterruptedException, IOException {
        rights.grant(ApiUse.LEGACY_ENDPOINTS);
        try (RealSource source = new RealSource(ReaderRights.kubeconfig(), cluster)) {
            RealFollower web = source.follow("web:http");
            web.until("found " + address(pod) + ":8080");
            assertThat(web.endpoint(address(pod)).id().uid()).isEqualTo(cluster.uid("web-1"));
            cluster.setReady("web-1", "False");
            web.until("found " + address(pod) + ":8080 not ready");
            Pod other = pod(cluster, "web", "web-2", 8081).build();
            cluster.add(other);
            web.until("found " + address(pod) + ":8080 not ready, " + address(other) + ":8081");
            cluster.remove("web-1");
            web.until("found " + address(other) + ":8081");
        }
    }

    @Test
    void readsTheServiceWithTheRightToDoSo() throws InterruptedException, IOException {
        rights.grant(ApiUse.ENDPOINTS);
        rights.grant(ApiUse.SERVICE_OBJECTS);
        try (RealSource source = new RealSource(ReaderRights.kubeconfig(), cluster)) {
            source.follow("web:80").until("found " + address(pod) + ":8080");
        }
    }

    @Test
    void asksTheServerWhatIsMissingWhereItReviewsAccess() throws Exception {
        rights.grant(ApiUse.ENDPOINTS);
        try (RealSource source = new RealSource(ReaderRights.kubeconfig(), cluster)) {
            AccessReport report = source.checkAccess(ApiUse.ENDPOINTS, ApiUse.SERVICE_OBJECTS, ApiUse.OWN_ZONE);
            if (report.problem().isPresent()) {
                System.out.println("SKIPPED SelfSubjectAccessReview: " + report.text());
                assertThat(report.unknown()).hasSize(5);
                assertThat(report.text()).contains("rights not checked: 5: ");
                return;
            }
            assertThat(report.granted()).isEqualTo(ApiUse.ENDPOINTS.rights(cluster.name()));
            assertThat(report.text())
                    .isEqualTo(
                            "missing: list services in namespace %1$s, watch services in namespace %1$s, list nodes in"
                                            .formatted(cluster.name())
                                    + " the cluster");
        }
    }
}
