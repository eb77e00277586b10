package io.serviceresolver;

import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.Hints;
import io.serviceresolver.endpoint.ServiceTraits;
import io.serviceresolver.endpoint.Topology;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An {@link Explanation} as a program reads it. What is not known is left out, or null. */
final class ExplanationJson {

    /** Null as a value is kept: a map that keeps the order in which it was filled. */
    private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

    private ExplanationJson() {}

    static String of(Explanation explanation) {
        return Json.of(new ExplanationJson()
                .with("target", explanation.target().toString())
                .with("subset", explanation.subset().toString())
                .with("state", state(explanation.state()))
                .with("topology", topology(explanation.topology()))
                .with("traits", traits(explanation.traits()))
                .with("notes", explanation.notes())
                .with(
                        "endpoints",
                        explanation.endpoints().stream()
                                .map(ExplanationJson::endpoint)
                                .toList())
                .members);
    }

    private ExplanationJson with(String name, @Nullable Object value) {
        members.put(name, value);
        return this;
    }

    private static Map<String, @Nullable Object> state(ServiceState state) {
        return new ExplanationJson()
                .with("status", state.status().name())
                .with("source", state.source().orElse(null))
                .with("ageMillis", TimeUnit.MILLISECONDS.convert(state.age()))
                .with("detail", state.detail())
                .members;
    }

    private static Map<String, @Nullable Object> topology(Topology topology) {
        return new ExplanationJson()
                .with("node", topology.nodeName())
                .with("zone", topology.zone())
                .with("addresses", new TreeSet<>(topology.addresses()))
                .members;
    }

    private static Map<String, @Nullable Object> traits(ServiceTraits traits) {
        return new ExplanationJson()
                .with("internalTrafficPolicy", EndpointText.of(traits.internalTrafficPolicy()))
                .with("sessionAffinitySeconds", traits.sessionAffinity().toSeconds())
                .with("podLabels", traits.podLabels().status().name())
                .with("podLabelsReason", traits.podLabels().reason())
                .members;
    }

    private static Map<String, @Nullable Object> endpoint(ExplainedEndpoint one) {
        Endpoint endpoint = one.endpoint();
        return new ExplanationJson()
                .with("address", endpoint.address())
                .with("port", endpoint.port())
                .with("uid", endpoint.id().uid())
                .with("pod", endpoint.podName().orElse(null))
                .with("node", endpoint.nodeName().orElse(null))
                .with("zone", endpoint.zone().orElse(null))
                .with("conditions", conditions(endpoint.conditions()))
                .with("hints", hints(endpoint.hints()))
                .with("labels", new TreeMap<>(endpoint.labels()))
                .with("source", one.source())
                .with("object", one.object())
                .with("resourceVersion", one.resourceVersion())
                .with("ageMillis", TimeUnit.MILLISECONDS.convert(one.age()))
                .with("weight", one.weight())
                .with("tier", one.tier())
                .with(
                        "verdicts",
                        one.verdicts().stream().map(ExplanationJson::verdict).toList())
                .with("chosen", one.isChosen())
                .members;
    }

    private static Map<String, @Nullable Object> conditions(Conditions conditions) {
        return new ExplanationJson()
                .with("ready", conditions.ready())
                .with("serving", conditions.serving())
                .with("terminating", conditions.terminating())
                .members;
    }

    private static Map<String, Set<String>> hints(Hints hints) {
        return new TreeMap<>(Map.of("nodes", new TreeSet<>(hints.nodes()), "zones", new TreeSet<>(hints.zones())));
    }

    private static Map<String, @Nullable Object> verdict(Verdict verdict) {
        return new ExplanationJson()
                .with("filter", verdict.filter())
                .with("passed", verdict.passed())
                .with("reason", verdict.reason())
                .members;
    }
}
