package io.serviceresolver;

import static io.serviceresolver.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.Hints;
import io.serviceresolver.endpoint.InternalTrafficPolicy;
import io.serviceresolver.endpoint.PodLabels;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServiceTraits;
import io.serviceresolver.endpoint.Topology;
import io.serviceresolver.source.EndpointSource;
import io.serviceresolver.source.KnownEndpoint;
import io.serviceresolver.source.SourceAnswer;
import io.serviceresolver.source.SourceContext;
import io.serviceresolver.source.SourceListener;
import io.serviceresolver.source.SourceSubscription;
import io.serviceresolver.testkit.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Why a handle picks from the endpoints it picks from. */
class ExplainTest extends EngineTest {

    @Override
    ServiceResolverBuilder configure(ServiceResolverBuilder builder) {
        return builder.topology(Topology.of("n1", "za")).balancer(Balancers.roundRobin());
    }

    @Test
    void eachEndpointIsFollowedDownToTheFilterThatLeftItOut() throws Exception {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(
                hinted(1, "za"), hinted(2, "zb"), pod(3, Conditions.NOT_READY), pod(4, Conditions.DRAINING)));
        Explanation explanation = explain(skippy);
        assertThat(explanation.target()).isEqualTo(skippy.target());
        assertThat(explanation.state()).isEqualTo(skippy.state());
        assertThat(explanation.topology()).isEqualTo(Topology.of("n1", "za"));
        assertThat(explanation.notes()).isEmpty();
        assertThat(explanation.endpoints())
                .extracting(ExplainTest::verdict)
                .containsExactly(
                        "10.0.0.1: chosen",
                        "10.0.0.2: hints: meant for zone zb; ours is node n1, zone za",
                        "10.0.0.3: conditions: not ready",
                        "10.0.0.4: conditions: terminating, and others are ready");
        assertThat(explanation.endpoints().get(1).verdicts())
                .extracting(Verdict::filter)
                .containsExactly("source", "address policy", "set", "traffic policy", "conditions", "hints");
        assertThat(explanation.endpoints().get(2).verdicts())
                .containsExactly(
                        Verdict.passed("source"),
                        Verdict.passed("address policy"),
                        Verdict.passed("set"),
                        Verdict.passed("traffic policy"),
                        Verdict.leftOut("conditions", "not ready"));
    }

    @Test
    void whatIsChosenIsWhatIsPickedFrom() throws Exception {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(
                new ServiceTraits(InternalTrafficPolicy.LOCAL, Duration.ZERO, PodLabels.KNOWN),
                on("n1", 1, Conditions.DRAINING),
                on("n1", 2, Conditions.GONE),
                on("n2", 3, Conditions.READY)));
        assertThat(explain(skippy).endpoints())
                .extracting(ExplainTest::verdict)
                .containsExactly(
                        "10.0.0.1: chosen",
                        "10.0.0.2: conditions: terminating, and serving no more",
                        "10.0.0.3: traffic policy: internalTrafficPolicy is Local: on node n2, ours is n1");
        assertThat(skippy.resolve().address()).isEqualTo("10.0.0.1");
    }

    @Test
    void aSourceTellsWhatItLeftOutAndWhereItKnowsItFrom() throws Exception {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pod(1)));
        source.known = List.of(
                known(pod(1), "EndpointSlice shield/skippy-1", Optional.empty()),
                known(
                        pod(1),
                        "EndpointSlice shield/skippy-2",
                        Optional.of("duplicate of EndpointSlice shield/skippy-1")),
                known(pod(2), "EndpointSlice shield/skippy-2", Optional.empty()),
                known(pod(3), "EndpointSlice shield/skippy-2", Optional.of("no port named http")));
        Explanation explanation = explain(skippy);
        assertThat(explanation.endpoints())
                .extracting(ExplainTest::verdict)
                .containsExactly(
                        "10.0.0.1: chosen",
                        "10.0.0.1: source: duplicate of EndpointSlice shield/skippy-1",
                        "10.0.0.2: set: the set in use does not have it yet",
                        "10.0.0.3: source: no port named http");
        ExplainedEndpoint first = explanation.endpoints().get(0);
        assertThat(first.source()).isEqualTo("watch");
        assertThat(first.object()).isEqualTo("EndpointSlice shield/skippy-1");
        assertThat(first.resourceVersion()).isEqualTo("4711");
        assertThat(first.age()).isEqualTo(Duration.ofSeconds(72));
    }

    @Test
    void aSubsetSaysWhichLabelsAnEndpointHas() throws Exception {
        ServiceHandle canary = follow("skippy").subset("ver=v2");
        say(() -> source.found(pod(1, Map.of("ver", "v1")), pod(2, Map.of("ver", "v2"))));
        Explanation explanation = explain(canary);
        assertThat(explanation.subset()).hasToString("ver=v2");
        assertThat(explanation.endpoints())
                .extracting(ExplainTest::verdict)
                .containsExactly("10.0.0.1: subset: labels: {ver=v1} (expected: ver=v2)", "10.0.0.2: chosen");
        say(() -> source.found(ServiceTraits.DEFAULT.withPodLabels(PodLabels.unknown("no rights")), pod(1)));
        assertThat(explain(canary).endpoints())
                .extracting(ExplainTest::verdict)
                .containsExactly("10.0.0.1: subset: no rights");
    }

    @Test
    void notesSayWhyHintsDoNotCount() throws Exception {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(hinted(1, "zb"), pod(2)));
        assertThat(explain(skippy).notes())
                .containsExactly("hints do not count: 1 of 2 endpoints have none for a zone");
    }

    @Test
    void anAddressThatMayNotBeCalledIsExplained() throws Exception {
        EndpointSource remote = new EndpointSource() {
            @Override
            public String name() {
                return "remote";
            }

            @Override
            public SourceSubscription subscribe(ServiceName service, SourceContext context, SourceListener listener) {
                listener.onAnswer(
                        new SourceAnswer.Found(EndpointSet.of(List.of(pod(1), Endpoint.of("169.254.169.254", 80)))));
                return () -> {};
            }
        };
        try (ServiceResolver other = ServiceResolver.builder()
                .source(remote)
                .time(time::nanoTime, time)
                .build()) {
            ServiceHandle skippy = other.service("skippy");
            time.runDue();
            List<ExplainedEndpoint> explained = explain(skippy).endpoints();
            assertThat(explained).hasSize(2);
            assertThat(verdict(explained.get(1))).startsWith("169.254.169.254: address policy: ");
        }
    }

    @Test
    void aSourceThatHasNoSetStillTellsWhatItKnows() throws Exception {
        ServiceHandle skippy = follow("skippy");
        source.known = List.of(known(pod(1), "EndpointSlice shield/skippy-1", Optional.of("family IPv6")));
        say(() -> source.refused("families: IPv6 (expected: IPv4)"));
        assertThat(explain(skippy).endpoints())
                .extracting(ExplainTest::verdict)
                .containsExactly("10.0.0.1: source: family IPv6");
    }

    @Test
    void anEndpointThatIsLeftAloneIsExplainedByItsHealth() throws Exception {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(Pods.pods(10)));
        for (int i = 0; i < 100; i++) {
            Lease call = skippy.acquire();
            call.complete(call.endpoint().equals(pod(1)) ? Outcome.SERVER_ERROR : Outcome.SUCCESS);
        }
        time.runDue();
        List<ExplainedEndpoint> explained = explain(skippy).endpoints();
        assertThat(explained).filteredOn(ExplainedEndpoint::isChosen).hasSize(9);
        assertThat(verdict(explained.get(0))).startsWith("10.0.0.1: health: left alone for ");
    }

    @Test
    void looksWithoutFollowingAnewWhatWasLetGo() throws Exception {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pod(1)));
        time.advance(IDLE.multipliedBy(2));
        Explanation explanation = explain(skippy);
        assertThat(source.isAsked()).isFalse();
        assertThat(explanation.endpoints()).isEmpty();
        assertThat(explanation.text()).endsWith("no endpoint is known");
    }

    @Test
    void failsWhenTheResolverIsClosed() throws Exception {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pod(1)));
        CompletableFuture<Explanation> pending = skippy.explain();
        resolver.close();
        time.runDue();
        assertThat(get(pending)).isNotNull();
        CompletableFuture<Explanation> late = skippy.explain();
        time.runDue();
        assertThat(failure(late)).hasMessage("skippy.shield: the resolver is closed");
    }

    private Explanation explain(ServiceHandle handle) throws Exception {
        return explain(handle, time);
    }

    static Explanation explain(ServiceHandle handle, VirtualTime time) throws Exception {
        CompletableFuture<Explanation> explanation = handle.explain();
        time.runDue();
        return get(explanation);
    }

    static KnownEndpoint known(Endpoint endpoint, String object, Optional<String> leftOut) {
        return new KnownEndpoint(endpoint, object, "4711", Duration.ofSeconds(72), leftOut);
    }

    static String verdict(ExplainedEndpoint one) {
        return one.endpoint().address() + ": "
                + one.leftOut()
                        .map(verdict -> verdict.filter() + ": " + verdict.reason())
                        .orElse("chosen");
    }

    private static Endpoint hinted(int n, String zone) {
        return pod(n).toBuilder().hints(Hints.forZones(zone)).build();
    }

    private static Endpoint on(String node, int n, Conditions conditions) {
        return pod(n, conditions).toBuilder().nodeName(node).build();
    }
}
