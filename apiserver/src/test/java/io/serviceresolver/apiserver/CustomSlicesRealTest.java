package io.serviceresolver.apiserver;

import static io.serviceresolver.apiserver.RealPods.endpoint;
import static io.serviceresolver.apiserver.RealPods.service;
import static io.serviceresolver.apiserver.RealPods.slice;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What our source says of slices that no controller writes, as real API servers take and send them. */
@RealApiServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CustomSlicesRealTest {

    private final RealNamespace cluster = RealNamespace.create();
    private final RealSource source = new RealSource(RealNamespace.kubeconfig(), cluster);

    @AfterAll
    void removeAll() {
        source.close();
        cluster.close();
    }

    @Test
    void followsSlicesOfAServiceWithoutASelector() throws InterruptedException {
        cluster.add(
                service("manual").editSpec().withSelector(Map.of()).endSpec().build());
        RealFollower manual = source.follow("manual");
        manual.until("found");
        EndpointSlice one =
                slice("manual", "manual-1").addToEndpoints(endpoint("10.1.2.3")).build();
        cluster.add(one);
        manual.until("found 10.1.2.3:8080");
        cluster.add(slice("manual", "manual-2")
                .addToEndpoints(endpoint("10.1.2.4"))
                .editFirstPort()
                .withPort(9090)
                .endPort()
                .build());
        manual.until("found 10.1.2.3:8080, 10.1.2.4:9090");
        cluster.replace(slice("manual", "manual-1")
                .addNewEndpoint()
                .withAddresses("10.1.2.3")
                .withNewConditions()
                .withReady(false)
                .endConditions()
                .endEndpoint()
                .addToEndpoints(endpoint("10.1.2.5"))
                .build());
        manual.until("found 10.1.2.3:8080 Conditions[ready=false, serving=true, terminating=false], 10.1.2.4:9090,"
                + " 10.1.2.5:8080");
        cluster.deleteSlice("manual-2");
        manual.until("found 10.1.2.3:8080 Conditions[ready=false, serving=true, terminating=false], 10.1.2.5:8080");
        cluster.deleteSlice("manual-1");
        manual.until("found");
        cluster.deleteService("manual");
        manual.until("absent");
    }

    @Test
    void findsASliceThatGetsTheLabelOfTheServiceLaterAndLosesItAgain() throws InterruptedException {
        RealFollower labelled = source.follow("labelled");
        labelled.until("absent");
        cluster.add(
                slice("other", "moving").addToEndpoints(endpoint("10.1.3.1")).build());
        cluster.replace(
                slice("labelled", "moving").addToEndpoints(endpoint("10.1.3.1")).build());
        labelled.until("found 10.1.3.1:8080");
        cluster.replace(
                slice("other", "moving").addToEndpoints(endpoint("10.1.3.1")).build());
        labelled.until("absent");
    }

    @Test
    void readsAddressesOfEitherFamilyAndNoNames() throws InterruptedException {
        cluster.add(slice("families", "families-4")
                .addToEndpoints(endpoint("10.1.4.1"))
                .build());
        cluster.add(slice("families", "families-6")
                .withAddressType("IPv6")
                .addToEndpoints(endpoint("2001:db8::1"))
                .build());
        cluster.add(slice("families", "families-name")
                .withAddressType("FQDN")
                .addToEndpoints(endpoint("example.com"))
                .build());
        source.follow("families").until("found 10.1.4.1:8080, [2001:db8::1]:8080");
    }

    @Test
    void takesAnAddressThatTwoSlicesHaveOnce() throws InterruptedException {
        cluster.add(
                slice("twice", "twice-1").addToEndpoints(endpoint("10.1.5.1")).build());
        cluster.add(slice("twice", "twice-2")
                .addToEndpoints(endpoint("10.1.5.1"), endpoint("10.1.5.2"))
                .build());
        source.follow("twice").until("found 10.1.5.1:8080, 10.1.5.2:8080");
    }

    @Test
    void takesAPortWithoutANumberForNone() throws InterruptedException {
        cluster.add(slice("portless", "portless-1")
                .withPorts()
                .addToEndpoints(endpoint("10.1.6.1"))
                .build());
        source.follow("portless:8443").until("found 10.1.6.1:8443");
    }
}
