package io.serviceresolver.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The controller against the mock API server: what it reads there and what it writes there. */
class SliceControllerTest {

    private static final int MAX = 4;
    private static final EndpointConditions READY = new EndpointConditions(true, true, false);
    private static final EndpointConditions NOT_READY = new EndpointConditions(false, false, false);
    private static final EndpointConditions DRAINING = new EndpointConditions(false, true, true);

    private final MockApiServer api = MockApiServer.start();
    private final KubernetesClient client = api.client();
    private final BlockingQueue<List<EndpointSlice>> written = new LinkedBlockingQueue<>();
    private SliceController controller = start();

    @AfterEach
    void closeAll() {
        controller.close();
        client.close();
        api.close();
    }

    private SliceController start() {
        return SliceController.start(client, "shield", MAX, (service, slices) -> written.add(slices));
    }

    @Test
    void aServiceHasThePodsThatBearAllItsLabels() throws InterruptedException {
        create("web", Map.of("app", "web", "tier", "a"));
        create("other", Map.of("app", "web", "tier", "b"));
        create("more", Map.of("app", "web", "tier", "a", "ver", "v2"));
        List.of("web", "other", "more").forEach(pod -> ready(pod, "10.0.0." + pod.length()));
        service(Map.of("app", "web", "tier", "a"));
        List<EndpointSlice> slices = await(all -> endpoints(all).size() == 2 && allAre(all, READY));
        // In the order in which they became known.
        assertThat(endpoints(slices))
                .extracting(
                        e -> e.getTargetRef().getName() + " " + e.getAddresses().get(0))
                .containsExactlyInAnyOrder("web 10.0.0.3", "more 10.0.0.4");
        assertThat(slices).singleElement().satisfies(slice -> {
            assertThat(slice.getMetadata().getLabels()).containsEntry("kubernetes.io/service-name", "skippy");
            assertThat(slice.getPorts().get(0).getName()).isEqualTo("http");
            assertThat(slice.getPorts().get(0).getPort()).isEqualTo(8080);
        });
        assertThat(stored()).isEqualTo(slices);
    }

    @Test
    void tenPodsNeedThreeSlicesAndTheOthersStayWhenOneGoes() throws InterruptedException {
        service(Map.of("app", "web"));
        for (int i = 0; i < 10; i++) {
            create("web-" + i, Map.of("app", "web"));
            ready("web-" + i, "10.0.0." + i);
        }
        List<EndpointSlice> slices = await(all -> endpoints(all).size() == 10 && allAre(all, READY));
        assertThat(slices).extracting(slice -> slice.getEndpoints().size()).containsExactlyInAnyOrder(4, 4, 2);
        client.pods().inNamespace("shield").withName("web-3").delete();
        List<EndpointSlice> fewer = await(all -> endpoints(all).size() == 9);
        assertThat(fewer).hasSize(3);
        assertThat(endpoints(fewer)).isSubsetOf(endpoints(slices));
    }

    @Test
    void aPodIsReadyThenNotThenTerminatingThenGone() throws InterruptedException {
        service(Map.of("app", "web"));
        create("web", Map.of("app", "web"));
        ready("web", "10.0.0.1");
        await(all -> hasOnly(all, READY));
        client.pods().inNamespace("shield").withName("web").editStatus(pod -> PodObjects.notReady(pod, "10.0.0.1"));
        await(all -> hasOnly(all, NOT_READY));
        ready("web", "10.0.0.1");
        await(all -> hasOnly(all, READY));
        finalizers("test/still-runs");
        client.pods().inNamespace("shield").withName("web").delete();
        await(all -> hasOnly(all, DRAINING));
        finalizers();
        assertThat(await(all -> endpoints(all).isEmpty())).hasSize(1);
    }

    @Test
    void aPodIsNotInTheSlicesBeforeItHasAnAddressNorAfterItHasRunToItsEnd() throws InterruptedException {
        service(Map.of("app", "web"));
        create("early", Map.of("app", "web"));
        create("web", Map.of("app", "web"));
        ready("web", "10.0.0.1");
        await(all -> hasOnly(all, READY));
        client.pods()
                .inNamespace("shield")
                .withName("web")
                .editStatus(pod -> new PodBuilder(pod)
                        .editStatus()
                        .withPhase("Succeeded")
                        .endStatus()
                        .build());
        assertThat(await(all -> endpoints(all).isEmpty())).hasSize(1);
    }

    @Test
    void aPodLeavesWhenItsLabelsDo() throws InterruptedException {
        service(Map.of("app", "web"));
        create("web", Map.of("app", "web"));
        ready("web", "10.0.0.1");
        await(all -> hasOnly(all, READY));
        client.pods()
                .inNamespace("shield")
                .withName("web")
                .edit(pod -> new PodBuilder(pod)
                        .editMetadata()
                        .withLabels(Map.of("app", "quarantine"))
                        .endMetadata()
                        .build());
        await(all -> endpoints(all).isEmpty());
    }

    @Test
    void aServiceWithoutSelectorSelectsNothing() throws InterruptedException {
        create("web", Map.of("app", "web"));
        ready("web", "10.0.0.1");
        service(Map.of());
        assertThat(endpoints(await(all -> true))).isEmpty();
    }

    @Test
    void aControllerGoesOnWithTheSlicesOfTheOneBefore() throws InterruptedException {
        service(Map.of("app", "web"));
        create("web", Map.of("app", "web"));
        ready("web", "10.0.0.1");
        List<EndpointSlice> before = await(all -> hasOnly(all, READY));
        controller.close();
        written.clear();
        controller = start();
        assertThat(await(all -> true)).isEqualTo(before);
        assertThat(stored()).isEqualTo(before);
    }

    private void service(Map<String, String> selector) {
        Service skippy = new ServiceBuilder(Manifests.read("svc.yml", Service.class))
                .editSpec()
                .withSelector(selector)
                .endSpec()
                .build();
        client.resource(skippy).create();
    }

    private void create(String name, Map<String, String> labels) {
        client.pods()
                .inNamespace("shield")
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(labels)
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .addNewPort()
                        .withName("http")
                        .withContainerPort(8080)
                        .endPort()
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
    }

    private void ready(String pod, String address) {
        client.pods().inNamespace("shield").withName(pod).editStatus(created -> PodObjects.ready(created, address));
    }

    private void finalizers(String... finalizers) {
        client.pods()
                .inNamespace("shield")
                .withName("web")
                .edit(pod -> new PodBuilder(pod)
                        .editMetadata()
                        .withFinalizers(finalizers)
                        .endMetadata()
                        .build());
    }

    /** The first slices written, of those not looked at yet, that are as expected. */
    private List<EndpointSlice> await(Predicate<List<EndpointSlice>> expected) throws InterruptedException {
        List<EndpointSlice> last = List.of();
        List<EndpointSlice> next = written.poll(30, TimeUnit.SECONDS);
        while (next != null) {
            last = next;
            if (expected.test(last)) {
                return last;
            }
            next = written.poll(30, TimeUnit.SECONDS);
        }
        throw new AssertionError("not as expected: " + last);
    }

    private List<EndpointSlice> stored() {
        return client.discovery()
                .v1()
                .endpointSlices()
                .inNamespace("shield")
                .list()
                .getItems();
    }

    private static List<Endpoint> endpoints(List<EndpointSlice> slices) {
        return slices.stream().flatMap(slice -> slice.getEndpoints().stream()).toList();
    }

    private static boolean allAre(List<EndpointSlice> slices, EndpointConditions conditions) {
        return endpoints(slices).stream()
                .allMatch(endpoint -> endpoint.getConditions().equals(conditions));
    }

    private static boolean hasOnly(List<EndpointSlice> slices, EndpointConditions conditions) {
        return endpoints(slices).size() == 1 && allAre(slices, conditions);
    }
}
