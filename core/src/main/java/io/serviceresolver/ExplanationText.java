package io.serviceresolver;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.PodLabels;
import io.serviceresolver.endpoint.ServiceTraits;
import io.serviceresolver.endpoint.Topology;
import io.serviceresolver.text.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An {@link Explanation} as a person reads it. */
final class ExplanationText {

    private static final String INDENT = "  ";

    private ExplanationText() {}

    static String of(Explanation explanation) {
        List<String> lines = new ArrayList<>();
        lines.add(head(explanation));
        lines.add(INDENT + "sources: " + explanation.state().detail());
        lines.add(INDENT + "our place: " + place(explanation.topology()));
        lines.add(INDENT + "Service: " + traits(explanation.traits()));
        explanation.notes().forEach(note -> lines.add(INDENT + "note: " + note));
        lines.add("");
        if (explanation.endpoints().isEmpty()) {
            lines.add("no endpoint is known");
        } else {
            lines.addAll(table(explanation.endpoints()).lines());
        }
        return String.join("\n", lines);
    }

    private static String head(Explanation explanation) {
        ServiceState state = explanation.state();
        long chosen = explanation.endpoints().stream()
                .filter(ExplainedEndpoint::isChosen)
                .count();
        String subset = explanation.subset().isEverything() ? "" : "[" + explanation.subset() + "]";
        String from = state.source().map(source -> " from " + source).orElse("");
        String age = state.age().isZero() ? "" : ", " + EndpointText.of(state.age()) + " old";
        return explanation.target() + subset + ": " + state.status() + from + age + ", " + chosen + " of "
                + explanation.endpoints().size() + " endpoints chosen";
    }

    private static String place(Topology topology) {
        return "node " + known(topology.nodeName()) + ", zone " + known(topology.zone());
    }

    private static String known(@Nullable String place) {
        return place == null ? "not known" : Printable.of(place);
    }

    private static String traits(ServiceTraits traits) {
        PodLabels labels = traits.podLabels();
        String reason = labels.reason().isEmpty() ? "" : " (" + labels.reason() + ")";
        return "internalTrafficPolicy " + EndpointText.of(traits.internalTrafficPolicy()) + ", sessionAffinity "
                + EndpointText.affinity(traits.sessionAffinity()) + ", labels of Pods "
                + labels.status().name().toLowerCase(Locale.ROOT) + reason;
    }

    private static TextTable table(List<ExplainedEndpoint> endpoints) {
        TextTable table = new TextTable(
                "ENDPOINT",
                "POD",
                "NODE",
                "ZONE",
                "CONDITIONS",
                "SOURCE",
                "OBJECT",
                "VERSION",
                "AGE",
                "WEIGHT",
                "TIER",
                "VERDICT");
        endpoints.forEach(one -> row(table, one));
        return table;
    }

    private static void row(TextTable table, ExplainedEndpoint one) {
        Endpoint endpoint = one.endpoint();
        table.row(
                endpoint.authority(),
                endpoint.podName().orElse(""),
                endpoint.nodeName().orElse(""),
                endpoint.zone().orElse(""),
                EndpointText.of(endpoint.conditions()),
                one.source(),
                one.object(),
                one.resourceVersion(),
                one.object().isEmpty() && one.age().equals(Duration.ZERO) ? "" : EndpointText.of(one.age()),
                one.weight() == 1 ? "" : String.format(Locale.ROOT, "%.4g", one.weight()),
                one.tier(),
                one.leftOut()
                        .map(verdict -> "left out by " + verdict.filter() + ": " + verdict.reason())
                        .orElse("chosen"));
    }
}
