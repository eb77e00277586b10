package io.serviceresolver.apiserver;

import static io.serviceresolver.apiserver.RealPods.service;
import static io.serviceresolver.apiserver.RealPods.slice;

import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Pods with addresses of both families, whose slices the test writes, as not every server's controller does. */
@RealApiServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DualStackRealTest {

    private final RealNamespace cluster = RealNamespace.create();
    private final RealSource source = new RealSource(RealNamespace.kubeconfig(), cluster);

    @AfterAll
    void removeAll() {
        source.close();
        cluster.close();
    }

    private static Endpoint pod(String address, String name, boolean ready) {
        return new EndpointBuilder()
                .withAddresses(address)
                .withNewConditions()
                .withReady(ready)
                .withServing(ready)
                .endConditions()
                .withNewTargetRef()
                .withKind("Pod")
                .withName(name)
                .withUid("uid-of-" + name)
                .endTargetRef()
                .build();
    }

    @Test
    void takesAPodOfTwoFamiliesOnceAndByTheOneThatIsLeft() throws InterruptedException {
        cluster.add(service("dual").editSpec().withSelector(Map.of()).endSpec().build());
        cluster.add(slice("dual", "dual-6")
                .withAddressType("IPv6")
                .addToEndpoints(pod("fd00::1", "one", true), pod("fd00::2", "two", true))
                .build());
        cluster.add(slice("dual", "dual-4")
                .addToEndpoints(pod("10.3.0.1", "one", true))
                .build());
        RealFollower dual = source.follow("dual");
        dual.until("found 10.3.0.1:8080, [fd00::2]:8080");
        cluster.replace(slice("dual", "dual-4")
                .addToEndpoints(pod("10.3.0.1", "one", false), pod("10.3.0.2", "two", true))
                .build());
        dual.until("found 10.3.0.1:8080 not ready, 10.3.0.2:8080");
        cluster.deleteSlice("dual-4");
        dual.until("found [fd00::1]:8080, [fd00::2]:8080");
    }
}
