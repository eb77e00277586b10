package io.serviceresolver;

import static io.serviceresolver.ExplainTest.known;
import static io.serviceresolver.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.Hints;
import io.serviceresolver.endpoint.InternalTrafficPolicy;
import io.serviceresolver.endpoint.PodLabels;
import io.serviceresolver.endpoint.ServiceTraits;
import io.serviceresolver.endpoint.Topology;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An explanation for a person, and for a program. */
class ExplanationFormsTest extends EngineTest {

    @Override
    ServiceResolverBuilder configure(ServiceResolverBuilder builder) {
        return builder.topology(new Topology("n1", null, Set.of("10.0.0.9")));
    }

    @Test
    void textIsATableThatATerminalShows() throws Exception {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(sticky(), one(), two()));
        assertThat(ExplainTest.explain(skippy, time).text()).isEqualTo("""
                skippy.shield: LIVE from watch, 1 of 2 endpoints chosen
                  sources: watch: 1 of 2 endpoints ready
                  our place: node n1, zone not known
                  Service: internalTrafficPolicy Cluster, sessionAffinity ClientIP for 3h0m, labels of Pods pending (the labels of Pods have not been read yet)
                  note: hints do not count: our zone is not known (set the variable SERVICE_RESOLVER_ZONE)

                ENDPOINT       POD       NODE  CONDITIONS          SOURCE  VERDICT
                10.0.0.1:8080  skippy-1  n2    ready               watch   chosen
                10.0.0.2:8080                  not ready, serving  watch   left out by conditions: not ready""");
    }

    @Test
    void textTellsObjectsAndTheirAge() throws Exception {
        ServiceHandle skippy = follow("skippy").subset("ver=v1");
        say(() -> source.found(one()));
        source.known = List.of(known(one(), "EndpointSlice shield/skippy-1", Optional.empty()));
        say(() -> source.unavailable("gone fishing"));
        time.advance(Duration.ofMinutes(5));
        assertThat(ExplainTest.explain(skippy, time).toString()).isEqualTo("""
                skippy.shield[ver=v1]: STALE from watch, 5m0s old, 1 of 1 endpoints chosen
                  sources: watch: gone fishing, serving its last set of 1
                  our place: node n1, zone not known
                  Service: internalTrafficPolicy Cluster, sessionAffinity none, labels of Pods known
                  note: hints do not count: our zone is not known (set the variable SERVICE_RESOLVER_ZONE)

                ENDPOINT       POD       NODE  CONDITIONS  SOURCE  OBJECT                         VERSION  AGE    VERDICT
                10.0.0.1:8080  skippy-1  n2    ready       watch   EndpointSlice shield/skippy-1  4711     1m12s  chosen""");
    }

    @Test
    void jsonIsReadByAnyParser() throws Exception {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(sticky(), one(), two()));
        JsonNode json =
                new ObjectMapper().readTree(ExplainTest.explain(skippy, time).toJson());
        assertThat(json).isEqualTo(new ObjectMapper().readTree("""
                {"target": "skippy.shield", "subset": "",
                 "state": {"status": "LIVE", "source": "watch", "ageMillis": 0, "detail": "watch: 1 of 2 endpoints ready"},
                 "topology": {"node": "n1", "zone": null, "addresses": ["10.0.0.9"]},
                 "traits": {"internalTrafficPolicy": "Cluster", "sessionAffinitySeconds": 10800,
                            "podLabels": "PENDING", "podLabelsReason": "the labels of Pods have not been read yet"},
                 "notes": ["hints do not count: our zone is not known (set the variable SERVICE_RESOLVER_ZONE)"],
                 "endpoints": [
                   {"address": "10.0.0.1", "port": 8080, "uid": "uid-1", "pod": "skippy-1", "node": "n2", "zone": null,
                    "conditions": {"ready": true, "serving": true, "terminating": false},
                    "hints": {"nodes": [], "zones": ["zb"]}, "labels": {"ver": "v1"},
                    "source": "watch", "object": "", "resourceVersion": "", "ageMillis": 0,
                    "weight": 1.0, "tier": "",
                    "verdicts": [{"filter": "source", "passed": true, "reason": ""},
                                 {"filter": "address policy", "passed": true, "reason": ""},
                                 {"filter": "set", "passed": true, "reason": ""},
                                 {"filter": "traffic policy", "passed": true, "reason": ""},
                                 {"filter": "conditions", "passed": true, "reason": ""},
                                 {"filter": "hints", "passed": true, "reason": ""},
                                 {"filter": "health", "passed": true, "reason": ""}],
                    "chosen": true},
                   {"address": "10.0.0.2", "port": 8080, "uid": "uid-2", "pod": null, "node": null, "zone": null,
                    "conditions": {"ready": false, "serving": true, "terminating": false},
                    "hints": {"nodes": [], "zones": []}, "labels": {},
                    "source": "watch", "object": "", "resourceVersion": "", "ageMillis": 0,
                    "weight": 1.0, "tier": "",
                    "verdicts": [{"filter": "source", "passed": true, "reason": ""},
                                 {"filter": "address policy", "passed": true, "reason": ""},
                                 {"filter": "set", "passed": true, "reason": ""},
                                 {"filter": "traffic policy", "passed": true, "reason": ""},
                                 {"filter": "conditions", "passed": false, "reason": "not ready"}],
                    "chosen": false}]}
                """));
    }

    @Test
    void whatOthersWroteDoesNotReachATerminal() throws Exception {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pod(1).toBuilder()
                .podName("\u001b[2J\u009b")
                .nodeName("n\n1")
                .labels(Map.of("a\"\\", "\u0000\u202e\ud800"))
                .build()));
        Explanation explanation = ExplainTest.explain(skippy, time);
        assertThat(explanation.text().lines()).allMatch(line -> line.matches("[ -~]*"));
        assertThat(explanation.text()).contains("\\u001b[2J\\u009b");
        assertThat(explanation.toJson()).matches("[ -~]*");
        JsonNode endpoint = new ObjectMapper()
                .readTree(explanation.toJson())
                .path("endpoints")
                .path(0);
        assertThat(endpoint.path("pod").textValue()).isEqualTo("\u001b[2J\u009b");
        assertThat(endpoint.path("labels").path("a\"\\").textValue()).isEqualTo("\u0000\u202e\ud800");
    }

    private static Endpoint one() {
        return pod(1).toBuilder()
                .podName("skippy-1")
                .nodeName("n2")
                .labels(Map.of("ver", "v1"))
                .hints(Hints.forZones("zb"))
                .build();
    }

    private static Endpoint two() {
        return pod(2, new Conditions(false, true, false));
    }

    private static ServiceTraits sticky() {
        return new ServiceTraits(InternalTrafficPolicy.CLUSTER, Duration.ofHours(3), PodLabels.PENDING);
    }
}
