package io.serviceresolver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.IpFamily;
import io.serviceresolver.endpoint.Topology;
import io.serviceresolver.testkit.ApiFault;
import io.serviceresolver.testkit.ApiVerb;
import io.serviceresolver.testkit.FakeCluster;
import io.serviceresolver.testkit.FakeNamespace;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pods of two families, by each policy. */
class DualStackTest {

    private final FakeCluster cluster = FakeCluster.start();
    private final FakeNamespace shield = cluster.namespace("shield");
    private WatchLab lab = by(FamilyPolicy.automatic());

    @AfterEach
    void close() {
        lab.close();
    }

    private WatchLab by(FamilyPolicy policy) {
        return new WatchLab(cluster.apiServer(), WatchOptions.DEFAULTS.with(AccessOptions.DEFAULTS.with(policy)));
    }

    private void skippy(String... families) {
        shield.service("skippy").families(families).port("web", 80, 8080).selector("app", "skippy");
        shield.pod("both").label("app", "skippy").ip("127.0.0.2", "fd00::2").ready();
        shield.pod("six").label("app", "skippy").ip("fd00::3").ready();
    }

    private void isFoundBy(FamilyPolicy policy, String expected) {
        try (WatchLab other = by(policy)) {
            other.follow("skippy", expected);
            other.server.awaitWatches(2);
        }
        lab.server.restart();
    }

    private void reach(String address) {
        lab.topology.learn(new Topology(null, null, Set.of(address)));
    }

    @Test
    void callsAPodOnceByTheServicesFirstFamily() {
        skippy("IPv6", "IPv4");
        lab.follow("skippy", "found [fd00::2]:8080 [fd00::3]:8080");
    }

    @Test
    void leavesOutEndpointsOfAFamilyThatThisHostHasNot() {
        skippy("IPv6", "IPv4");
        reach("10.0.0.1");
        lab.follow("skippy", "found 127.0.0.2:8080");
    }

    @Test
    void refusesAServiceThatIsOfAnotherFamilyAltogether() {
        skippy("IPv6");
        reach("10.0.0.1");
        lab.follow(
                "skippy",
                "refused: ipFamilies: IPv6 (expected: IPv4: this host has no address of another family;"
                        + " FamilyPolicy.prefer calls it nevertheless)");
    }

    @Test
    void respectsThePolicy() {
        skippy("IPv6", "IPv4");
        isFoundBy(FamilyPolicy.only(IpFamily.IPV4), "found 127.0.0.2:8080");
        isFoundBy(FamilyPolicy.only(IpFamily.IPV6), "found [fd00::2]:8080 [fd00::3]:8080");
        isFoundBy(FamilyPolicy.prefer(IpFamily.IPV4), "found [fd00::3]:8080 127.0.0.2:8080");
        isFoundBy(FamilyPolicy.requireDualStack(), "found [fd00::2]:8080 [fd00::3]:8080");
    }

    @Test
    void refusesASingleStackWhereBothAreRequired() {
        skippy("IPv4");
        isFoundBy(
                FamilyPolicy.requireDualStack(),
                "refused: ipFamilies: IPv4 (expected: IPv4 and IPv6, as ipFamilyPolicy: RequireDualStack has it)");
        isFoundBy(FamilyPolicy.only(IpFamily.IPV6), "refused: ipFamilies: IPv4 (expected: IPv6: the family asked for)");
    }

    @Test
    void cannotTellWhetherBothAreThereWithoutTheService() {
        skippy("IPv4", "IPv6");
        lab.close();
        lab = by(FamilyPolicy.requireDualStack());
        lab.server.restart();
        lab.server.on(ApiVerb.LIST, "services").always(ApiFault.status(403));
        Follower follower = lab.follow("skippy");
        lab.untilSaid(follower, "unavailable: ipFamilies: not known (expected: the Service");
        assertThat(follower.last()).contains("resources: [services]");
    }
}
